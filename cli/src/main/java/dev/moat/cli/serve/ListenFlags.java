package dev.moat.cli.serve;

import dev.moat.cli.console.Failure;
import dev.moat.cli.tls.TlsServerFlags;
import dev.moat.coap.uri.Scheme;
import dev.moat.endpoint.Listener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags that say where a server listens; picocli fills them in. */
final class ListenFlags {
  private static final int DEFAULT_PORT = 5683;
  private static final int MAX_PORT = 0xffff;

  @Option(
      names = "--listen",
      paramLabel = "URI",
      description =
          "Listen here: coap, coaps, coap+tcp, coaps+tcp, coap+ws or coaps+ws, an address and"
              + " perhaps a port, as in coaps://0.0.0.0 or coap+tcp://[::1]:5683; port 0 has the"
              + " system choose. May be repeated. The default is coap://[::]:5683, IPv4 and IPv6;"
              + " with credentials for DTLS and TLS, also coaps and coaps+tcp on the next port.")
  private List<String> uris = List.of();

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "Without --listen: UDP port; 0 has the system choose. The default is 5683.")
  private @Nullable Integer port;

  @Option(
      names = {"-A", "--bind"},
      paramLabel = "ADDRESS",
      description =
          "Without --listen: listen on this address only; the default is all, IPv4 and IPv6.")
  private @Nullable String bind;

  /**
   * Checks what can be checked without asking the network.
   *
   * @throws IllegalArgumentException when flags are wrong or contradict each other
   */
  void check() {
    if (port != null && (port < 0 || port > MAX_PORT)) {
      throw new IllegalArgumentException("--port takes a UDP port from 0 to 65535");
    }
    if (!uris.isEmpty() && (port != null || bind != null)) {
      throw new IllegalArgumentException(
          "--listen says address and port; leave --port and --bind out");
    }
    for (String uri : uris) {
      int end = uri.indexOf("://");
      if (end < 0 || Scheme.of(uri.substring(0, end)).isEmpty()) {
        throw new IllegalArgumentException(
            "--listen takes coap, coaps, coap+tcp, coaps+tcp, coap+ws or coaps+ws, then"
                + " ://address[:port], not '"
                + uri
                + "'");
      }
    }
  }

  /**
   * Refuses credentials that no place to listen uses.
   *
   * @throws IllegalArgumentException when there are some; the message names their flag
   */
  void check(TlsServerFlags credentials) {
    Optional<String> given = credentials.given();
    if (given.isPresent() && !listensTo(Scheme::isSecured)) {
      throw new IllegalArgumentException(
          given.get()
              + " is for DTLS and TLS, and no --listen has either: add --listen coaps://ADDRESS, or"
              + " leave "
              + given.get()
              + " out");
    }
    Optional<String> onlyForDtls = credentials.onlyForDtls();
    if (onlyForDtls.isPresent() && !listensTo(scheme -> scheme == Scheme.COAPS)) {
      throw new IllegalArgumentException(
          onlyForDtls.get()
              + " is for DTLS, which no --listen has: add --listen coaps://ADDRESS, or leave "
              + onlyForDtls.get()
              + " out");
    }
  }

  private boolean listensTo(Predicate<Scheme> wanted) {
    return uris.isEmpty()
        || uris.stream()
            .flatMap(uri -> Scheme.of(uri.substring(0, uri.indexOf("://"))).stream())
            .anyMatch(wanted);
  }

  /**
   * Where to listen.
   *
   * @param secured true when there are credentials for DTLS
   * @param certificate true when there is a certificate, which TLS needs
   */
  List<Listener> listeners(boolean secured, boolean certificate) {
    if (!uris.isEmpty()) {
      return uris.stream().map(ListenFlags::listener).toList();
    }
    int first = Optional.ofNullable(port).orElse(DEFAULT_PORT);
    int next = first == 0 || first == MAX_PORT ? 0 : first + 1;
    List<Listener> listeners = new ArrayList<>();
    listeners.add(new Listener(Scheme.COAP, address(first)));
    if (secured) {
      listeners.add(new Listener(Scheme.COAPS, address(next)));
    }
    if (certificate) {
      listeners.add(new Listener(Scheme.COAPS_TCP, address(next)));
    }
    return listeners;
  }

  private static Listener listener(String uri) {
    try {
      return Listener.of(uri);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "cannot listen on '" + uri + "': " + e.getMessage(),
          "Give --listen a scheme and an address of this host: coaps://0.0.0.0, coap+tcp://[::1].");
    }
  }

  private InetSocketAddress address(int number) {
    return bind == null
        ? new InetSocketAddress(number)
        : new InetSocketAddress(address(bind), number);
  }

  private static InetAddress address(String name) {
    try {
      return InetAddress.getByName(name);
    } catch (UnknownHostException e) {
      throw new Failure(
          "'" + name + "' is no address",
          "Give --bind an address of this host: 127.0.0.1, ::1.",
          e);
    }
  }
}
