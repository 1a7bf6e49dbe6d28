package dev.moat.endpoint.stream;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.credentials.HandshakeFailure;
import dev.moat.endpoint.stream.tls.TlsRefusals;
import dev.moat.engine.stream.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All connections of one loop: tells the protocol of each exactly once that it is open and that it
 * is closed, and gives up those that cost too much. Owned by the loop.
 */
final class Links {
  /**
   * What is handed on at once, so that the answers to many small requests leave, or are seen not to
   * leave, before there are more.
   */
  private static final int SLICE_OCTETS = 1024;

  private static final String CLOSED_EARLY =
      "the other end closed the connection before it was open";

  private static final String CLOSED_AT_ONCE =
      "the server closed the connection right after the handshake; it may not accept who we are";

  private final StreamLoop loop;
  private final StreamConfig.Limits limits;
  private final EventSink events;
  private final Set<Link> all = new HashSet<>();
  private final Map<Peer, Link> open = new HashMap<>();
  private final Admission<Link> admission;
  private boolean watching;

  Links(StreamLoop loop, StreamConfig config, EventSink events) {
    this.loop = loop;
    this.limits = config.limits();
    this.events = events;
    this.admission = new Admission<>(limits.connections(), limits.connectionsPerAddress());
  }

  /** The connection to {@code peer} when messages may still leave on it. */
  @Nullable Link open(Peer peer) {
    Link link = open.get(peer);
    return link != null && link.state() == Link.State.OPEN ? link : null;
  }

  /** Every connection that is not closed yet, also those that are not open yet. */
  List<Link> all() {
    return new ArrayList<>(all);
  }

  Admission<Link> admission() {
    return admission;
  }

  /** Starts to look after a connection. */
  void add(Link link) {
    all.add(link);
    watch();
  }

  /** Refuses the link with the sentence when it is not open in time. */
  void allow(Link link, Duration time, String sentence) {
    link.deadline(
        loop.eventLoop()
            .schedule(() -> refused(link, sentence), time.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** All handshakes of the link are done. */
  void opened(Link link) {
    if (link.state() != Link.State.OPENING) {
      return;
    }
    link.markOpen();
    open.put(link.peer(), link);
    String identity = link.connection().identity().words();
    events.emit(new StreamEvent.Opened(link.peer(), link.route().kind(), identity));
    loop.turn(
        "a new connection",
        link,
        () -> {
          loop.protocol().onConnected(link.peer(), link.connection(), loop.nowNanos());
          if (!link.awaitsFirstOctets()) {
            link.deadline(null);
            boolean unused = link.connected().complete(link.peer());
          }
        });
  }

  /** Octets of a stream, or one WebSocket message. */
  void octets(Link link, Bytes octets) {
    boolean stream = link.route().kind().framing() == Connection.Framing.TCP;
    int step = stream ? SLICE_OCTETS : Math.max(1, octets.length());
    int from = 0;
    do {
      Bytes slice = octets.slice(from, Math.min(from + step, octets.length()));
      if (link.state() == Link.State.OPEN) {
        loop.inBatch(link, () -> take(link, slice));
      }
      from += step;
    } while (from < octets.length());
  }

  private void take(Link link, Bytes octets) {
    if (link.state() != Link.State.OPEN) {
      return;
    }
    loop.protocol().onOctets(link.peer(), octets, loop.nowNanos());
    if (!link.isEstablished() && loop.protocol().isEstablished(link.peer())) {
      link.markEstablished();
      admission.established(link);
    }
    if (link.connected().complete(link.peer())) {
      link.deadline(null);
    }
  }

  /** The link's outbound queue has filled up, or drained. */
  void writable(Link link, boolean writable) {
    if (link.state() != Link.State.OPEN) {
      return;
    }
    // Only who accepted stops to read: if both did, each would wait for the other for ever.
    if (!link.initiated()) {
      var unused = link.channel().config().setAutoRead(writable);
    }
    loop.turn(
        "a full connection",
        link,
        () -> loop.protocol().onWritable(link.peer(), writable, loop.nowNanos()));
  }

  /**
   * Whether one more message may wait; one alone always may, whatever its length. Who asks for more
   * than it takes loses its connection: there is no message that could be left out of a stream.
   */
  boolean hasRoomFor(Bytes octets, Link link) {
    long pending = link.pendingOctets();
    if (pending == 0 || pending + octets.length() <= limits.outboundOctets()) {
      return true;
    }
    dropped(link, "it does not take the " + pending + " octets that wait for it");
    return false;
  }

  /** The other end sends no more: what it asked for so far may still be answered, at once. */
  void inputEnded(Link link) {
    switch (link.state()) {
      case OPENING -> refused(link, CLOSED_EARLY);
      case OPEN -> {
        failWaiting(link, CLOSED_AT_ONCE);
        link.finish();
      }
      default -> {
        var unused = link.channel().close();
      }
    }
  }

  /** The link does not come about; the sentence says why. */
  void refused(Link link, String sentence) {
    if (!link.initiated() && link.state() == Link.State.OPENING) {
      events.emit(new StreamEvent.HandshakeRefused(link.peer(), sentence));
    }
    failWaiting(link, sentence);
    link.finish();
  }

  /** The link, open or not, is given up at once; the sentence says why. */
  void dropped(Link link, String sentence) {
    if (link.state() == Link.State.OPEN) {
      events.emit(new StreamEvent.ConnectionDropped(link.peer(), sentence));
    } else if (link.state() == Link.State.OPENING && !link.initiated()) {
      events.emit(new StreamEvent.HandshakeRefused(link.peer(), sentence));
    }
    failWaiting(link, sentence);
    link.abort();
  }

  /** The link is open and the other end has broken a rule: it is told, and the link ends. */
  void ended(Link link, String sentence) {
    if (link.state() == Link.State.OPEN) {
      events.emit(new StreamEvent.ConnectionDropped(link.peer(), sentence));
    }
    link.finish();
  }

  /** Something went wrong on the way from the socket. */
  void failed(Link link, Throwable cause) {
    Optional<String> tls =
        link.route().kind().secured() && !link.connected().isDone()
            ? TlsRefusals.find(cause, link.initiated() ? "server" : "client")
            : Optional.empty();
    dropped(link, tls.orElse("the other end reset the connection"));
  }

  /** The channel is closed. */
  void closed(Link link) {
    if (link.state() == Link.State.OPENING) {
      refused(link, CLOSED_EARLY);
    }
    link.markClosed();
    all.remove(link);
    admission.left(link);
    failWaiting(link, CLOSED_AT_ONCE);
    if (open.remove(link.peer()) != null) {
      loop.turn(
          "a closed connection",
          null,
          () -> loop.protocol().onClosed(link.peer(), loop.nowNanos()));
    }
  }

  /** Says what is still open that no more comes; completes when all is closed. */
  CompletableFuture<Void> finishAll() {
    List<CompletableFuture<Void>> closing = new ArrayList<>();
    for (Link link : all()) {
      CompletableFuture<Void> one = new CompletableFuture<>();
      closing.add(one);
      var unused = link.channel().closeFuture().addListener(done -> one.complete(null));
      if (link.state() == Link.State.OPENING) {
        failWaiting(link, "the endpoint was closed");
        link.abort();
      } else {
        link.finish();
      }
    }
    return CompletableFuture.allOf(closing.toArray(CompletableFuture<?>[]::new));
  }

  private void failWaiting(Link link, String sentence) {
    if (!link.connected().isDone()) {
      loop.turn(
          "a failed connection",
          null,
          () -> {
            boolean unused = link.connected().completeExceptionally(new HandshakeFailure(sentence));
          });
    }
  }

  /** Looks from time to time for connections that take nothing of what waits for them. */
  private void watch() {
    if (!watching) {
      watching = true;
      var unused =
          loop.eventLoop()
              .schedule(this::look, limits.stallTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void look() {
    watching = false;
    for (Link link : all()) {
      if (link.state() == Link.State.OPEN && link.standsStill()) {
        String time = ConnectRefusals.seconds(limits.stallTimeout());
        dropped(link, "it has taken nothing for " + time);
      }
    }
    if (!all.isEmpty()) {
      watch();
    }
  }
}
