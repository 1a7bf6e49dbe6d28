package dev.moat.cli.serve;

import dev.moat.cli.conform.oscore.OscorePlugtest;
import dev.moat.cli.console.Failure;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.Router;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.LocalTime;

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

  /** Opens the socket and adds the resources; the peers' contexts stay the caller's to close. */
  static RunningServer start(ServeSettings settings, Peers peers, ServerLog log) {
    CoapServer.Builder builder = CoapServer.builder().port(settings.port()).events(log);
    peers.addTo(builder);
    if (settings.bind() != null) {
      builder.address(address(settings.bind()));
    }
    CoapServer server = open(builder, settings);
    TimerThread timers = new TimerThread();
    add(server.router(), timers, settings);
    return new RunningServer(server, timers, settings, peers);
  }

  private static void add(Router router, TimerThread timers, ServeSettings settings) {
    switch (settings.resources()) {
      case PLUGTEST_COAP -> PlugtestResources.addTo(router, timers);
      case PLUGTEST_OSCORE -> OscorePlugtest.standard().addTo(router, timers::after);
      case DEMONSTRATION ->
          new DemoResources(timers, LocalTime::now, settings.insecureNosecActuators())
              .addTo(router);
    }
  }

  private static CoapServer open(CoapServer.Builder builder, ServeSettings settings) {
    try {
      return builder.start();
    } catch (UncheckedIOException e) {
      throw new Failure(
          "cannot listen on UDP port " + settings.port() + ": " + cause(e),
          "Perhaps another server uses it: choose another port with --port, or --port 0 for a free"
              + " one. Ports below 1024 may need privileges; --bind takes an address of this host.",
          e);
    }
  }

  private static String cause(UncheckedIOException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
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

  /** The line that says where it listens and how the lock behaves. */
  String ready() {
    InetSocketAddress address = server.address();
    String line = "ready: coap://" + authority(address) + " (" + settings.resources().words() + ")";
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
    return peers.size() > 0 || peers.edhoc().isPresent()
        ? "; /lock obeys protected requests only"
        : "; /lock refuses unprotected PUT: protect with -E or --edhoc, or --insecure-nosec-actuators would"
            + " allow it";
  }

  /** The port it listens on. */
  int port() {
    return server.port();
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
