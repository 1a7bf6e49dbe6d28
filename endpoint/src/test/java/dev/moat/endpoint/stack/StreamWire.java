package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.codec.TcpCodec;
import dev.moat.coap.codec.WsCodec;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.resource.Router;
import dev.moat.engine.stream.Connection;
import dev.moat.engine.stream.Connection.Framing;
import dev.moat.testkit.InsecureSeededRandom;
import dev.moat.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Two stacks in virtual time, joined by connections without delay that a script cuts and changes.
 */
final class StreamWire {
  private static final Peer CLIENT = Peer.of(Bytes.of(192, 0, 2, 1), 40_001);
  private static final Peer SERVER = Peer.of(Bytes.of(192, 0, 2, 2), 5683);

  final VirtualClock clock = new VirtualClock(-5_000_000_000L);
  final List<Event> events = new ArrayList<>();

  /** Everything that was sent, before anyone in the middle saw it. */
  final List<Frame> sent = new ArrayList<>();

  final StreamStack client;
  final StreamStack server;

  private final Queue<Frame> underWay = new ArrayDeque<>();
  private final List<Link> links = new ArrayList<>();
  private final Framing framing;
  private Function<Frame, List<Frame>> middle = List::of;
  private Function<Bytes, List<Bytes>> cuts = List::of;
  private long associations;

  StreamWire(StackConfig clientConfig, StackConfig serverConfig, Router router) {
    this(Framing.TCP, clientConfig, serverConfig, router);
  }

  StreamWire(Framing framing, StackConfig clientConfig, StackConfig serverConfig, Router router) {
    this.framing = framing;
    client = StreamStack.of(clientConfig, Router.of(), new InsecureSeededRandom(1), events::add);
    server = StreamStack.of(serverConfig, router, new InsecureSeededRandom(2), events::add);
  }

  /** What travels: one message, or an end. */
  record Frame(Link link, boolean toServer, Bytes octets, boolean last) {
    StreamMessage message() {
      try {
        return link.framing == Framing.TCP ? TcpCodec.decode(octets) : WsCodec.decode(octets);
      } catch (MessageFormatException malformed) {
        throw new AssertionError(malformed);
      }
    }

    Frame with(Bytes other) {
      return new Frame(link, toServer, other, last);
    }
  }

  /** One connection as both ends name it. */
  static final class Link {
    final Peer atClient;
    final Peer atServer;
    final Framing framing;
    boolean open = true;

    Link(Peer atClient, Peer atServer, Framing framing) {
      this.atClient = atClient;
      this.atServer = atServer;
      this.framing = framing;
    }
  }

  /** Opens a connection; both CSMs are exchanged. */
  Link connect() {
    Link link = open();
    settle();
    return link;
  }

  /** Opens a connection on which nothing has travelled yet. */
  Link open() {
    Link link = new Link(associated(SERVER), associated(CLIENT), framing);
    links.add(link);
    Connection ours =
        new Connection(framing, true, Arrival.Security.NONE, new PeerIdentity.Anonymous());
    Connection theirs =
        new Connection(framing, false, Arrival.Security.NONE, new PeerIdentity.Anonymous());
    client.onConnected(link.atClient, ours, now());
    server.onConnected(link.atServer, theirs, now());
    return link;
  }

  private Peer associated(Peer at) {
    return new Peer(at.high(), at.low(), at.port(), at.scopeId(), ++associations);
  }

  /** What becomes of each message from now on. */
  void middle(Function<Frame, List<Frame>> becomes) {
    middle = becomes;
  }

  /** How the octets of each message are cut from now on. */
  void cuts(Function<Bytes, List<Bytes>> pieces) {
    cuts = pieces;
  }

  /** Gives a message to its receiver, past the middle. */
  void inject(Frame frame) {
    underWay.add(frame);
    settle();
  }

  /** The connection breaks: both ends learn it at once. */
  void breakOff(Link link) {
    link.open = false;
    client.onClosed(link.atClient, now());
    server.onClosed(link.atServer, now());
    settle();
  }

  CompletionStage<Outcome> request(Request request) {
    CompletionStage<Outcome> outcome = client.request(request, now());
    settle();
    return outcome;
  }

  Outcome outcome(Request request) {
    return now(request(request));
  }

  Response response(Request request) {
    Outcome outcome = outcome(request);
    assertThat(outcome).isInstanceOf(Outcome.Responded.class);
    return ((Outcome.Responded) outcome).response();
  }

  static Outcome now(CompletionStage<Outcome> stage) {
    CompletableFuture<Outcome> future = stage.toCompletableFuture();
    assertThat(future).isCompleted();
    return future.join();
  }

  long now() {
    return clock.nowNanos();
  }

  /** Delivers what is under way, until nothing is. */
  void settle() {
    drain();
    for (Frame next = underWay.poll(); next != null; next = underWay.poll()) {
      deliver(next);
      drain();
    }
  }

  /** Lets time pass, deadline by deadline. */
  void pass(Duration duration) {
    settle();
    long end = now() + duration.toNanos();
    for (long next = nextNanos(); next <= end; next = nextNanos()) {
      clock.advanceTo(Math.max(next, now()));
      client.onTimeout(now());
      server.onTimeout(now());
      settle();
    }
    clock.advanceTo(end);
  }

  <E extends Event> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private long nextNanos() {
    return Math.min(client.nextTimeoutNanos(), server.nextTimeoutNanos());
  }

  private void deliver(Frame frame) {
    if (!frame.link.open) {
      return;
    }
    if (frame.last) {
      frame.link.open = false;
      client.onClosed(frame.link.atClient, now());
      server.onClosed(frame.link.atServer, now());
      return;
    }
    for (Bytes piece : cuts.apply(frame.octets)) {
      if (frame.toServer) {
        server.onOctets(frame.link.atServer, piece, now());
      } else {
        client.onOctets(frame.link.atClient, piece, now());
      }
    }
  }

  private void drain() {
    client.drainTo(new Out(true));
    server.drainTo(new Out(false));
  }

  private final class Out implements StreamProtocol.Outgoing {
    private final boolean toServer;

    Out(boolean toServer) {
      this.toServer = toServer;
    }

    @Override
    public void send(Peer to, Bytes octets) {
      Frame frame = new Frame(link(to), toServer, octets, false);
      sent.add(frame);
      underWay.addAll(middle.apply(frame));
    }

    @Override
    public void disconnect(Peer peer) {
      underWay.add(new Frame(link(peer), toServer, Bytes.empty(), true));
    }

    private Link link(Peer peer) {
      return links.stream()
          .filter(link -> (toServer ? link.atClient : link.atServer).equals(peer))
          .findFirst()
          .orElseThrow();
    }
  }
}
