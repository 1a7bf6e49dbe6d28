package dev.moat.cli.serve;

import dev.moat.cli.console.Failure;
import dev.moat.endpoint.CoapServer;
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

  private RunningServer(CoapServer server, TimerThread timers, ServeSettings settings) {
    this.server = server;
    this.timers = timers;
    this.settings = settings;
  }

  /** Opens the socket and adds the resources. */
  static RunningServer start(ServeSettings settings, ServerLog log) {
    CoapServer.Builder builder = CoapServer.builder().port(settings.port()).events(log);
    if (settings.bind() != null) {
      builder.address(address(settings.bind()));
    }
    CoapServer server = open(builder, settings);
    TimerThread timers = new TimerThread();
    if (settings.plugtest()) {
      PlugtestResources.addTo(server.router(), timers);
    } else {
      new DemoResources(timers, LocalTime::now, settings.insecureNosecActuators())
          .addTo(server.router());
    }
    return new RunningServer(server, timers, settings);
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
    String what = settings.plugtest() ? "plugtest resources" : "demonstration";
    String line = "ready: coap://" + authority(address) + " (" + what + ")";
    if (settings.plugtest()) {
      return line;
    }
    return line
        + (settings.insecureNosecActuators()
            ? "; INSECURE: /lock obeys anyone on the network"
            : "; /lock refuses unprotected PUT, --insecure-nosec-actuators would allow it");
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
  }
}
