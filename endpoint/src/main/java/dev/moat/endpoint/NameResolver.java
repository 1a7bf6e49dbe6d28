package dev.moat.endpoint;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.uri.CoapUri;
import dev.moat.endpoint.udp.SocketAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds the peer that a URI names. Addresses are taken as they are; names are resolved on threads
 * of their own, because the system's resolver blocks. Thread-safe; bounded in threads and in
 * waiting names.
 */
final class NameResolver implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int WAITING = 256;

  private final ThreadPoolExecutor executor;
  private final Map<Long, CompletableFuture<Optional<Peer>>> open = new ConcurrentHashMap<>();
  private final AtomicLong lookUps = new AtomicLong();

  NameResolver() {
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "moat-names");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /** Gives the peer, or nothing when there is none or too many names wait. */
  CompletableFuture<Optional<Peer>> resolve(CoapUri uri) {
    Optional<Bytes> literal = uri.address();
    if (literal.isPresent()) {
      return CompletableFuture.completedFuture(zoned(Peer.of(literal.get(), uri.port()), uri));
    }
    CompletableFuture<Optional<Peer>> found = new CompletableFuture<>();
    try {
      executor.execute(() -> found.complete(lookUp(uri)));
      Long id = lookUps.incrementAndGet();
      open.put(id, found);
      var unused = found.thenRun(() -> open.remove(id));
      return found;
    } catch (RejectedExecutionException busy) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }

  @Override
  public void close() {
    var unused = executor.shutdownNow();
    open.values().forEach(found -> found.complete(Optional.empty()));
  }

  private static Optional<Peer> lookUp(CoapUri uri) {
    try {
      InetAddress found = InetAddress.getByName(uri.host());
      return Optional.of(SocketAddresses.toPeer(new InetSocketAddress(found, uri.port())));
    } catch (UnknownHostException unknown) {
      return Optional.empty();
    }
  }

  /** A zone is the number or the name of an interface (RFC 6874, Section 2). */
  private static Optional<Peer> zoned(Peer peer, CoapUri uri) {
    return uri.zone()
        .map(zone -> interfaceIndex(zone).map(index -> inZone(peer, index)))
        .orElse(Optional.of(peer));
  }

  private static Peer inZone(Peer peer, int interfaceIndex) {
    return new Peer(peer.high(), peer.low(), peer.port(), interfaceIndex, peer.association());
  }

  private static Optional<Integer> interfaceIndex(String zone) {
    if (zone.matches("[0-9]{1,9}")) {
      return Optional.of(Integer.valueOf(zone));
    }
    try {
      return Optional.ofNullable(NetworkInterface.getByName(zone)).map(NetworkInterface::getIndex);
    } catch (SocketException noInterfaces) {
      return Optional.empty();
    }
  }
}
