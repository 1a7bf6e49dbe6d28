package dev.moat.foe.relay;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.endpoint.udp.UdpConfig;
import dev.moat.endpoint.udp.UdpEndpoint;
import dev.moat.endpoint.udp.UdpLoop;
import dev.moat.foe.field.Field;
import dev.moat.foe.field.Party;
import dev.moat.foe.field.Tap;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field on real UDP sockets of the loopback interface. The client sends to Foe's front port, the
 * server answers to Foe's back port; Foe learns the client's address from what arrives. The victim
 * is a socket of its own, where possible at an address of its own: what Foe sends through it
 * carries the victim's source address, as a spoofed datagram would.
 */
public final class UdpField implements Field {
  private final RunLoop loop;
  private final EventSink events;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Map<Step.Caller, Caller> callers = new EnumMap<>(Step.Caller.class);
  private @Nullable Links links;
  private @Nullable SocketAddress clientAddress;

  /**
   * An empty field, to be run by the calling thread.
   *
   * @param events what the sockets have to say
   */
  public UdpField(EventSink events) {
    this.events = events;
    try {
      this.loop = new RunLoop();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public long nowNanos() {
    return System.nanoTime();
  }

  @Override
  public void open(Endpoints endpoints, Tap tap) {
    try {
      Party[] unused = new Party[1];
      UdpEndpoint server = endpoint("server", endpoints.server(), unused);
      Port front = keep(Port.open(loop, (from, datagram) -> fromClient(tap, from, datagram)));
      Port back =
          keep(Port.open(loop, (from, datagram) -> tap.onDatagram(Direction.TO_CLIENT, datagram)));
      Port victim = keep(Port.openApart(loop, (from, datagram) -> tap.onVictimDatagram(datagram)));
      links = new Links(front, back, victim, server.address());
      callers.put(Step.Caller.CLIENT, caller("client", endpoints.client(), front.address()));
      callers.put(Step.Caller.OTHER, caller("other", endpoints.other(), server.address()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void fromClient(Tap tap, SocketAddress from, Bytes datagram) {
    clientAddress = from;
    tap.onDatagram(Direction.TO_SERVER, datagram);
  }

  private Caller caller(String name, Party.Opening opening, InetSocketAddress server) {
    Party[] party = new Party[1];
    UdpEndpoint endpoint = endpoint(name, opening, party);
    return new Caller(endpoint.loops().get(0), party[0], peer(server));
  }

  private UdpEndpoint endpoint(String name, Party.Opening opening, Party[] opened) {
    UdpConfig config =
        UdpConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .withThreads(new UdpConfig.Threads("moat-lab-" + name, true, false));
    return keep(
        UdpEndpoint.start(
            config,
            gate -> {
              opened[0] = opening.open(gate);
              return opened[0].protocol();
            },
            events));
  }

  private <T extends AutoCloseable> T keep(T resource) {
    open.add(resource);
    return resource;
  }

  private static Peer peer(InetSocketAddress address) {
    return Peer.of(Bytes.copyOf(address.getAddress().getAddress()), address.getPort());
  }

  @Override
  public void call(Step.Caller who, Function<Peer, Request> request, Consumer<Ended> ended) {
    Caller caller = caller(who);
    caller.loop.execute(
        now -> {
          long start = System.nanoTime();
          var unused =
              caller
                  .party
                  .calls()
                  .request(request.apply(caller.server), now)
                  .thenAccept(
                      outcome -> {
                        Ended how = new Ended(outcome, System.nanoTime() - start);
                        loop.post(() -> ended.accept(how));
                      });
        });
  }

  @Override
  public void prepare(Step.Caller who, Consumer<Boolean> ready) {
    Caller caller = caller(who);
    caller.loop.execute(
        now -> {
          var unused =
              caller
                  .party
                  .calls()
                  .prepare(caller.server, now)
                  .thenAccept(is -> loop.post(() -> ready.accept(is)));
        });
  }

  private Caller caller(Step.Caller who) {
    Caller caller = callers.get(who);
    if (caller == null) {
      throw new IllegalStateException("the field is not open");
    }
    return caller;
  }

  @Override
  public void inRun(Runnable action) {
    loop.execute(action);
  }

  @Override
  public void run(BooleanSupplier finished, Duration limit) {
    loop.run(finished, limit);
  }

  @Override
  public OptionalDouble proximityMetres() {
    return OptionalDouble.empty();
  }

  @Override
  public void deliver(Direction direction, Bytes datagram) {
    SocketAddress client = clientAddress;
    if (direction == Direction.TO_SERVER) {
      links().back.send(links().server, datagram);
    } else if (client != null) {
      links().front.send(client, datagram);
    }
  }

  @Override
  public void deliverAsVictim(Bytes datagram) {
    links().victim.send(links().server, datagram);
  }

  private Links links() {
    Links opened = links;
    if (opened == null) {
      throw new IllegalStateException("the field is not open");
    }
    return opened;
  }

  @Override
  public void later(Duration time, Runnable action) {
    loop.later(time, action);
  }

  @Override
  public void close() {
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (Exception failed) {
        events.emit(() -> "closing failed: " + failed.getClass().getSimpleName());
      }
    }
    open.clear();
    loop.close();
  }

  private record Links(Port front, Port back, Port victim, InetSocketAddress server) {}

  private record Caller(UdpLoop loop, Party party, Peer server) {}
}
