package dev.moat.endpoint;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.uri.Scheme;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transports of a client, one for the schemes that share it. Each is opened by the first
 * request that needs it. A scheme has one transport and no other: what it cannot do is not done by
 * a weaker one. Thread-safe.
 */
final class TransportRoutes implements AutoCloseable {
  private final ClientSettings settings;
  private final Map<Carrier, Route> open = new ConcurrentHashMap<>();
  private boolean closed;

  TransportRoutes(ClientSettings settings) {
    this.settings = settings;
  }

  /**
   * The transport of {@code scheme}.
   *
   * @throws NotReached when it cannot be opened, credentials for it are missing, or everything is
   *     closed
   */
  Route of(Scheme scheme) throws NotReached {
    Optional<String> missing = CredentialsNeeded.ofClient(scheme, settings.credentials());
    if (missing.isPresent()) {
      throw new NotReached(Outcome.Cause.NO_CONNECTION, missing.get());
    }
    Carrier carrier = Carrier.of(scheme);
    Route route = open.get(carrier);
    return route == null ? opened(carrier) : route;
  }

  InetSocketAddress udpAddress() {
    try {
      return ((UdpRoute) of(Scheme.COAP)).address();
    } catch (NotReached closedOrRefused) {
      throw new IllegalStateException(closedOrRefused.getMessage());
    }
  }

  @Override
  public void close() {
    Map<Carrier, Route> last;
    synchronized (this) {
      closed = true;
      last = open.isEmpty() ? Map.of() : new EnumMap<>(open);
    }
    last.values().forEach(Route::close);
  }

  private synchronized Route opened(Carrier carrier) throws NotReached {
    Route present = open.get(carrier);
    if (present != null) {
      return present;
    }
    if (closed) {
      throw new NotReached(Outcome.Cause.CLOSED, "the client is closed");
    }
    try {
      Route route = open(carrier);
      open.put(carrier, route);
      return route;
    } catch (UncheckedIOException refused) {
      throw NotReached.of(refused).orElseThrow();
    } catch (IllegalArgumentException unusable) {
      // Credentials that contradict each other, say: the transport's own sentence.
      throw new NotReached(Outcome.Cause.NO_CONNECTION, String.valueOf(unusable.getMessage()));
    }
  }

  private Route open(Carrier carrier) {
    return switch (carrier) {
      case UDP -> UdpRoute.open(settings.sockets(), settings.stacks());
      case DTLS -> DtlsRoute.open(settings.dtlsConfig(), settings.stacks());
      case STREAMS -> StreamRoute.open(settings.streamConfig(), settings.stacks());
    };
  }

  /** What carries the messages of a scheme. */
  private enum Carrier {
    UDP,
    DTLS,
    STREAMS;

    static Carrier of(Scheme scheme) {
      return switch (scheme) {
        case COAP -> UDP;
        case COAPS -> DTLS;
        case COAP_TCP, COAPS_TCP, COAP_WS, COAPS_WS -> STREAMS;
      };
    }
  }
}
