package dev.moat.endpoint.dtls;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.credentials.HandshakeFailure;
import dev.moat.endpoint.stack.AssociationNumbers;
import dev.moat.endpoint.stack.DatagramProtocol;
import dev.moat.endpoint.udp.SocketAddresses;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Associations between the datagrams of the network and the protocol above: each gets a {@link
 * Peer} of its own, fixed for its life, and a message leaves in the association that its peer names
 * or not at all. Confined to the loop that calls it.
 */
final class DtlsLayer implements DatagramProtocol, DtlsEngine.Listener {
  private final DtlsConfig config;
  private final DatagramProtocol inner;
  private final DtlsEngine engine;
  private final LoopTasks tasks;
  private final EventSink events;
  private final Associations associations = new Associations();
  private final Map<InetSocketAddress, Dial> dials = new HashMap<>();
  private boolean closed;

  DtlsLayer(DtlsConfig config, DatagramProtocol inner, LoopTasks tasks, EventSink events) {
    this.config = config;
    this.inner = inner;
    this.tasks = tasks;
    this.events = events;
    this.engine = new ScandiumEngine(config, tasks, this);
  }

  /** Begins to take datagrams. */
  void start() {
    engine.start();
    sweepLater();
  }

  DatagramProtocol inner() {
    return inner;
  }

  /** See {@link DtlsEndpoint#connect}. */
  void connect(InetSocketAddress to, String host, CompletableFuture<Peer> result) {
    if (closed) {
      result.completeExceptionally(new HandshakeFailure("the endpoint is closed"));
      return;
    }
    if (!config.role().isClient()) {
      result.completeExceptionally(new HandshakeFailure("this endpoint begins no handshakes"));
      return;
    }
    Association open = associations.at(to);
    // Who came to us proved to be a client, and not to be the server that is wanted.
    if (open != null && open.session().initiated() && open.session().vouchesFor(host)) {
      result.complete(open.peer());
      return;
    }
    Dial dial = dials.get(to);
    if (dial != null && !dial.host().equals(host)) {
      result.completeExceptionally(
          new HandshakeFailure(
              "a handshake with " + dial.host() + " at this address is under way"));
    } else if (dial != null) {
      dial.waiting().add(result);
    } else if (dials.size() >= config.limits().associations()) {
      result.completeExceptionally(new HandshakeFailure("too many handshakes are under way"));
    } else {
      dial(to, host, result);
    }
  }

  private void dial(InetSocketAddress to, String host, CompletableFuture<Peer> result) {
    Duration patience = config.handshakes().timeout();
    Dial dial =
        new Dial(
            host,
            tasks.schedule(() -> engine.abandon(to), patience.toNanos(), TimeUnit.NANOSECONDS));
    dial.waiting().add(result);
    dials.put(to, dial);
    engine.handshake(to, host);
  }

  /** Ends an association, telling the peer. Does nothing when it is over. */
  void disconnect(Peer peer) {
    Association association = associations.of(peer);
    if (association != null) {
      engine.close(association.session());
    }
  }

  @Override
  public void onDatagram(Peer from, Bytes datagram, boolean multicast, long nowNanos) {
    tasks.advance(nowNanos);
    if (!multicast) { // there is no DTLS to groups
      engine.onDatagram(SocketAddresses.toSocketAddress(from), datagram);
    }
    settle();
  }

  /** Nothing is known of which message the record carried. */
  @Override
  public void onSendFailed(Peer to, Bytes datagram, long nowNanos) {}

  @Override
  public void onTimeout(long nowNanos) {
    tasks.advance(nowNanos);
    inner.onTimeout(nowNanos);
    settle();
  }

  @Override
  public long nextTimeoutNanos() {
    return Math.min(inner.nextTimeoutNanos(), tasks.nextNanos());
  }

  @Override
  public void drainTo(Outgoing out) {
    settle();
    engine.drainTo((to, datagram) -> out.send(SocketAddresses.toPeer(to), Bytes.owned(datagram)));
  }

  @Override
  public void close(long nowNanos) {
    closed = true;
    tasks.advance(nowNanos);
    inner.close(nowNanos);
    settle();
    associations.forEach(association -> engine.close(association.session()));
    dials.keySet().stream().toList().forEach(engine::abandon);
    settle();
    engine.stop();
    tasks.runAll();
    tasks.shutdown();
  }

  /** Runs what waits, and seals what the protocol has to say, until both are done. */
  private void settle() {
    do {
      tasks.runAll();
      inner.drainTo(this::seal);
    } while (!tasks.isIdle());
  }

  private void seal(Peer to, Bytes message) {
    Association association = associations.of(to);
    if (association == null) {
      unsent(to, message);
    } else {
      engine.send(association.session(), message);
    }
  }

  private void unsent(Peer to, Bytes message) {
    events.emit(new DtlsEvent.Unsent(to, message.length()));
    // Later: the protocol is being drained.
    tasks.execute(() -> inner.onSendFailed(to, message, tasks.nowNanos()));
  }

  @Override
  public void onEstablished(Session session) {
    InetSocketAddress address = session.address();
    Peer at = SocketAddresses.toPeer(address);
    Peer peer = new Peer(at.high(), at.low(), at.port(), at.scopeId(), AssociationNumbers.next());
    abandonPredecessor(session);
    associations.add(new Association(peer, session, tasks.nowNanos()));
    events.emit(new DtlsEvent.Associated(peer, session.identity(), session.initiated()));
    inner.onAssociated(peer, session.identity(), tasks.nowNanos());
    Dial dial = session.initiated() ? dials.remove(address) : null;
    if (dial != null) {
      dial.completed(peer);
    }
  }

  /**
   * RFC 6347, Section 4.2.8: once its handshake is complete, the association before is abandoned.
   * Not so when somebody else sits at this address now: with a connection id, whoever was here
   * before may go on elsewhere (RFC 9146).
   */
  private void abandonPredecessor(Session session) {
    Association before = associations.at(session.address());
    if (before != null && before.session().identity().equals(session.identity())) {
      engine.abandon(before.session());
    }
  }

  @Override
  public void onReceived(Session session, Bytes data) {
    Association association = associations.of(session);
    if (association != null) {
      association.touched(tasks.nowNanos());
      associations.follow(association);
      inner.onDatagram(association.peer(), data, false, tasks.nowNanos());
    }
  }

  @Override
  public void onUnsent(Session session, Bytes data) {
    Association association = associations.of(session);
    if (association != null) {
      unsent(association.peer(), data);
    }
  }

  @Override
  public void onEnded(Session session) {
    Association association = associations.remove(session);
    if (association != null) {
      events.emit(new DtlsEvent.Ended(association.peer()));
      inner.onAssociationEnded(association.peer(), tasks.nowNanos());
    }
  }

  @Override
  public void onRefused(InetSocketAddress peer, boolean initiated, String sentence) {
    Dial dial = initiated ? dials.remove(peer) : null;
    if (dial != null) {
      dial.failed(new HandshakeFailure(sentence));
    } else if (!initiated) {
      events.emit(
          new DtlsEvent.HandshakeRefused(SocketAddresses.toPeer(peer).toString(), sentence));
      Association before = associations.at(peer);
      if (before != null) {
        engine.restoreAddress(before.session(), peer);
      }
    }
  }

  private void sweepLater() {
    long idleNanos = config.limits().idle().toNanos();
    var unused =
        tasks.scheduleWithFixedDelay(
            () -> sweep(idleNanos), idleNanos / 8 + 1, idleNanos / 8 + 1, TimeUnit.NANOSECONDS);
  }

  private void sweep(long idleNanos) {
    associations.forEach(
        association -> {
          if (tasks.nowNanos() - association.lastUsedNanos() > idleNanos) {
            engine.close(association.session());
          }
        });
  }
}
