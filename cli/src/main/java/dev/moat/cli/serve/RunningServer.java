package dev.moat.cli.serve;

import dev.moat.cli.conform.oscore.OscorePlugtest;
import dev.moat.cli.console.Failure;
import dev.moat.endpoint.CoapServer;
import dev.moat.endpoint.Listener;
import dev.moat.engine.resource.Router;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;

/** A server that serves until it is closed. */
final class RunningServer implements AutoCloseable {
  private final CoapServer server;
  private final TimerThread timers;
  private final ServeSettings settings;
  private final Peers peers;

  private RunningServer(
      CoapServer server, TimerThread timers, ServeSettings settings, Peers peers) {
    this.server = server;
    this.timers = timers;
    this.settings = settings;
    this.peers = peers;
  }

  /** Opens the sockets and adds the resources; keys and contexts stay the caller's to close. */
  static RunningServer start(ServeSettings settings, Peers peers, ServerLog log) {
    CoapServer.Builder builder =
        CoapServer.builder().events(log).credentials(settings.credentials().credentials());
    settings.listeners().forEach(builder::listen);
    peers.addTo(builder);
    CoapServer server = open(builder, settings);
    TimerThread timers = new TimerThread();
    add(server.router(), timers, settings, new Access(log));
    return new RunningServer(server, timers, settings, peers);
  }

  private static void add(
      Router router, TimerThread timers, ServeSettings settings, Access access) {
    switch (settings.resources()) {
      case PLUGTEST_COAP -> PlugtestResources.addTo(router, timers);
      case PLUGTEST_OSCORE -> OscorePlugtest.standard().addTo(router, timers::after);
      case DEMONSTRATION ->
          new DemoResources(timers, LocalTime::now, access, settings.insecureNosecActuators())
              .addTo(router);
    }
  }

  private static CoapServer open(CoapServer.Builder builder, ServeSettings settings) {
    try {
      return builder.start();
    } catch (UncheckedIOException e) {
      throw new Failure(
          "cannot listen on " + all(settings.listeners()) + ": " + cause(e),
          "Perhaps another server uses a port: choose others with --listen or --port; port 0 takes a"
              + " free one. Ports below 1024 may need privileges; the address has to be one of this"
              + " host.",
          e);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          String.valueOf(e.getMessage()),
          "Give pre-shared keys with -u and -k or -i, a certificate with -c and the authority of the"
              + " clients with -C, a raw public key with -M,"
              + " or a file with --credentials; 'moat keygen --help' says how to make them.");
    }
  }

  private static String all(List<Listener> listeners) {
    return listeners.stream().map(RunningServer::uri).collect(Collectors.joining(" "));
  }

  private static String cause(UncheckedIOException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }

  /** The line that says where it listens and how the lock behaves. */
  String ready() {
    String line = "ready: " + all(server.listeners()) + " (" + settings.resources().words() + ")";
    String credentials = settings.credentials().words();
    if (!credentials.isEmpty()) {
      line += "; " + credentials;
    }
    if (peers.size() > 0) {
      line += "; OSCORE with " + peers.size() + (peers.size() == 1 ? " peer" : " peers");
    }
    if (peers.edhoc().isPresent()) {
      line += "; " + peers.edhoc().get().words();
    }
    return settings.resources() == ServeSettings.Resources.DEMONSTRATION ? line + lock() : line;
  }

  private String lock() {
    if (settings.insecureNosecActuators()) {
      return "; INSECURE: /lock obeys anyone on the network";
    }
    boolean secured = settings.listeners().stream().anyMatch(one -> one.scheme().isSecured());
    return secured || peers.size() > 0 || peers.edhoc().isPresent()
        ? "; /lock obeys protected requests only"
        : "; /lock refuses unprotected PUT: protect with -E, --edhoc or --listen coaps://, or --insecure-nosec-actuators would"
            + " allow it";
  }

  /** The port it listens on. */
  int port() {
    return server.port();
  }

  private static String uri(Listener listener) {
    return listener.scheme() + "://" + authority(listener.address());
  }

  private static String authority(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String text = host.isAnyLocalAddress() ? "localhost" : host.getHostAddress();
    return (text.contains(":") ? "[" + text + "]" : text) + ":" + address.getPort();
  }

  @Override
  public void close() {
    timers.close();
    server.close();
    peers.closeDerived();
  }
}
