package dev.moat.foe.relay;

import dev.moat.bytes.Bytes;
import dev.moat.foe.scenario.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Foe between a client and a server of connections: for each connection that it accepts it opens
 * one of its own, and offers every unit that comes on either. It delivers in order or not at all.
 */
final class StreamRelay implements AutoCloseable {
  private static final int MAX_LINKS = 64;

  private final RunLoop loop;
  private final Cutter.Maker cutters;
  private final InetSocketAddress server;
  private final BiConsumer<Direction, Bytes> tap;
  private final ServerSocketChannel front;
  private final InetSocketAddress address;
  private final List<Link> links = new ArrayList<>();
  private final Set<Integer> backPorts = ConcurrentHashMap.newKeySet();

  private StreamRelay(
      RunLoop loop,
      Cutter.Maker cutters,
      InetSocketAddress server,
      BiConsumer<Direction, Bytes> tap)
      throws IOException {
    this.loop = loop;
    this.cutters = cutters;
    this.server = server;
    this.tap = tap;
    this.front = ServerSocketChannel.open();
    front.configureBlocking(false);
    front.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    this.address = (InetSocketAddress) front.getLocalAddress();
    Runnable acceptable = this::accept;
    front.register(loop.selector(), SelectionKey.OP_ACCEPT, acceptable);
  }

  /**
   * Listens at a free port.
   *
   * @param tap is told of each unit that came, on the loop; it goes no further unless delivered
   */
  static StreamRelay open(
      RunLoop loop,
      Cutter.Maker cutters,
      InetSocketAddress server,
      BiConsumer<Direction, Bytes> tap)
      throws IOException {
    return new StreamRelay(loop, cutters, server, tap);
  }

  InetSocketAddress address() {
    return address;
  }

  private void accept() {
    try {
      for (SocketChannel client = front.accept(); client != null; client = front.accept()) {
        if (links.size() < MAX_LINKS) {
          join(client);
        } else {
          client.close();
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void join(SocketChannel client) throws IOException {
    // On the loopback interface a listening server accepts at once.
    SocketChannel back = SocketChannel.open(server);
    Link link = new Link(Socket.of(loop, client), Socket.of(loop, back));
    backPorts.add(link.server.port());
    links.add(link);
  }

  /**
   * Delivers a unit, once all before it on its connection have been delivered. A unit of which Foe
   * makes nothing stalls its direction.
   *
   * @throws IllegalArgumentException when no such unit came and waits
   */
  void deliver(Direction direction, Bytes unit) {
    for (Link link : links) {
      if (link.pipe(direction).deliver(unit)) {
        return;
      }
    }
    throw new IllegalArgumentException("nothing goes twice, or unasked, over a connection");
  }

  /** True for Foe's ends of connections with the server. On any thread. */
  boolean isBackPort(int port) {
    return backPorts.contains(port);
  }

  /**
   * Ends the client's side of each connection on which something is stalled. The server's side
   * stays with Foe, who may still deliver what it holds.
   *
   * @return false when nothing is stalled
   */
  boolean abandonStalled() {
    boolean any = false;
    for (Link link : links) {
      if (link.toServer.isStalled() || link.toClient.isStalled()) {
        link.client.reset();
        any = true;
      }
    }
    return any;
  }

  @Override
  public void close() {
    try {
      front.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    links.forEach(Link::close);
    links.clear();
  }

  /** One connection through Foe. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private final Pipe toServer;
    private final Pipe toClient;

    private Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
      this.toServer =
          new Pipe(client, server, cutters.make(), unit -> tap.accept(Direction.TO_SERVER, unit));
      this.toClient =
          new Pipe(server, client, cutters.make(), unit -> tap.accept(Direction.TO_CLIENT, unit));
      client.tell(toServer::onReadable, toClient::flush);
      server.tell(toClient::onReadable, toServer::flush);
    }

    private Pipe pipe(Direction direction) {
      return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    private void close() {
      client.close();
      server.close();
    }
  }
}
