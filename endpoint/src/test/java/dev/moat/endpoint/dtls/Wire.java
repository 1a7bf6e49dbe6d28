package dev.moat.endpoint.dtls;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.udp.SocketAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** DTLS layers without sockets, in time of our own: what one sends reaches the other at once. */
final class Wire implements AutoCloseable {
  /** A datagram on its way. */
  record Datagram(Peer from, Peer to, Bytes octets) {
    private static final int CONTENT_TYPE_HANDSHAKE = 22;
    private static final int HANDSHAKE_TYPE = 13;

    /** True for a handshake message of this type, in clear. */
    boolean isHandshake(int type) {
      return octets.at(0) == CONTENT_TYPE_HANDSHAKE && octets.at(HANDSHAKE_TYPE) == type;
    }
  }

  private final Map<Peer, Station> stations = new LinkedHashMap<>();
  private final Queue<Datagram> underWay = new ArrayDeque<>();
  private final List<Datagram> seen = new ArrayList<>();
  private Predicate<Datagram> passes = datagram -> true;
  private long nowNanos;

  /** Everything sent so far, also what was lost. */
  List<Datagram> seen() {
    return seen;
  }

  /** From now on, only these datagrams arrive. */
  void only(Predicate<Datagram> next) {
    passes = next;
  }

  /** A layer at a port of its own. */
  Station station(DtlsConfig config) {
    Station station = new Station(config, 10_000 + stations.size());
    stations.put(station.at, station);
    station.layer.start();
    return station;
  }

  /** Lets datagrams and timers have their way for so long. */
  void run(long millis) {
    long end = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
    deliver();
    for (long next = nextNanos(); next <= end; next = nextNanos()) {
      nowNanos = Math.max(nowNanos, next);
      stations.values().forEach(station -> station.layer.onTimeout(nowNanos));
      deliver();
    }
    nowNanos = end;
  }

  private long nextNanos() {
    return stations.values().stream()
        .mapToLong(station -> station.layer.nextTimeoutNanos())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private void deliver() {
    drain();
    for (Datagram next = underWay.poll(); next != null; next = underWay.poll()) {
      if (seen.size() > TOO_MANY) {
        throw new AssertionError("more than " + TOO_MANY + " datagrams");
      }
      Station to = stations.get(next.to());
      if (to != null && passes.test(next)) {
        to.layer.onDatagram(next.from(), next.octets(), false, nowNanos);
      }
      drain();
    }
  }

  private void drain() {
    for (Station station : stations.values()) {
      station.layer.drainTo(
          (to, octets) -> {
            Datagram datagram = new Datagram(station.at, to, octets);
            seen.add(datagram);
            underWay.add(datagram);
          });
    }
  }

  @Override
  public void close() {
    stations.values().forEach(station -> station.layer.close(nowNanos));
  }

  /** One side. */
  final class Station {
    final List<Event> events = new ArrayList<>();
    final RawProtocol protocol = new RawProtocol(false);
    final Peer at;
    private final InetSocketAddress address;
    private final DtlsLayer layer;

    private Station(DtlsConfig config, int port) {
      address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      at = SocketAddresses.toPeer(address);
      layer = new DtlsLayer(config, protocol, new LoopTasks(events::add, nowNanos), events::add);
    }

    /** Begins a handshake; {@link Wire#run} lets it go on. */
    CompletableFuture<Peer> connect(Station to) {
      CompletableFuture<Peer> result = new CompletableFuture<>();
      layer.onTimeout(nowNanos);
      layer.connect(to.address, "127.0.0.1", result);
      return result;
    }

    /** As if this datagram had been sent here. */
    void receive(Datagram datagram) {
      layer.onDatagram(datagram.from(), datagram.octets(), false, nowNanos);
    }

    void disconnect(Peer peer) {
      layer.onTimeout(nowNanos);
      layer.disconnect(peer);
    }

    /** What was said of handshakes that came to nothing. */
    List<String> refusals() {
      return events.stream()
          .filter(DtlsEvent.HandshakeRefused.class::isInstance)
          .map(event -> ((DtlsEvent.HandshakeRefused) event).sentence())
          .toList();
    }
  }

  private static final int TOO_MANY = 10_000;
}
