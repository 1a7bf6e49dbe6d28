package dev.moat.endpoint.stream;

import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.HandshakeFailure;
import dev.moat.endpoint.stream.tls.Hosts;
import dev.moat.endpoint.stream.tls.TlsContexts;
import dev.moat.endpoint.stream.tls.TlsGate;
import dev.moat.endpoint.stream.ws.WsRules;
import dev.moat.endpoint.stream.ws.WsUpgrade;
import dev.moat.engine.stream.Connection;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** What stands between the socket and the loop, by the kind of the connection. */
final class Stages {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final StreamConfig config;
  private final StreamLoop loop;
  private final Map<StreamKind, SslContext> serverContexts = new EnumMap<>(StreamKind.class);
  private final Map<StreamKind, SslContext> clientContexts = new EnumMap<>(StreamKind.class);

  Stages(StreamConfig config, StreamLoop loop) {
    this.config = config;
    this.loop = loop;
  }

  /**
   * Checks that there is what a listener of this kind needs, and makes it.
   *
   * @throws IllegalArgumentException with the sentence for people
   */
  synchronized void requireServerOf(StreamKind kind) {
    if (kind.secured() && !serverContexts.containsKey(kind)) {
      Optional<String> missing = TlsContexts.serverLacks(config.credentials());
      if (missing.isPresent()) {
        throw new IllegalArgumentException(missing.get());
      }
      serverContexts.put(kind, TlsContexts.server(credentials(), config.tls().terms(), alpn(kind)));
    }
  }

  /** Checks that there is what a connection of this kind needs, and makes it. */
  synchronized void requireClientOf(Route route) throws HandshakeFailure {
    StreamKind kind = route.kind();
    if (kind != StreamKind.TCP) {
      Optional<SNIHostName> unused = Hosts.serverName(route.host());
    }
    if (kind.secured() && !clientContexts.containsKey(kind)) {
      Optional<String> missing = TlsContexts.clientLacks(config.credentials());
      if (missing.isPresent()) {
        throw new HandshakeFailure(missing.get());
      }
      clientContexts.put(kind, TlsContexts.client(credentials(), config.tls().terms(), alpn(kind)));
    }
  }

  /** Adds the stages; each passes "active" on when its handshake is done. */
  void addTo(ChannelPipeline pipeline, Link link) {
    pipeline.addLast(new Linger());
    Consumer<String> refuse = sentence -> loop.links().refused(link, sentence);
    if (link.route().kind().secured()) {
      pipeline.addLast(tlsHandler(pipeline, link));
      pipeline.addLast(new TlsGate(rules(link), link::proved, refuse));
    }
    if (link.route().kind().framing() == Connection.Framing.WEBSOCKET) {
      addWebSocket(pipeline, link, refuse);
    }
    pipeline.addLast(new LinkHandler(loop, link));
  }

  private void addWebSocket(ChannelPipeline pipeline, Link link, Consumer<String> refuse) {
    WsUpgrade.Exits exits =
        new WsUpgrade.Exits(refuse, sentence -> loop.links().ended(link, sentence));
    WsRules rules = config.webSockets().rules(loop.protocol().maxMessageOctets());
    Route route = link.route();
    if (link.initiated()) {
      int defaultPort = route.kind().secured() ? HTTPS_PORT : HTTP_PORT;
      String host = Hosts.authority(route.host(), route.address().getPort(), defaultPort);
      WsUpgrade.addClient(pipeline, rules, host, exits);
    } else {
      WsUpgrade.addServer(pipeline, rules, exits);
    }
  }

  private synchronized SslHandler tlsHandler(ChannelPipeline pipeline, Link link) {
    Route route = link.route();
    Map<StreamKind, SslContext> contexts = link.initiated() ? clientContexts : serverContexts;
    SslContext context = Objects.requireNonNull(contexts.get(route.kind()));
    SslHandler handler =
        link.initiated()
            ? context.newHandler(
                pipeline.channel().alloc(),
                Hosts.withoutBrackets(route.host()),
                route.address().getPort())
            : context.newHandler(pipeline.channel().alloc());
    // The link has its own limit for everything until it is open.
    handler.setHandshakeTimeoutMillis(0);
    if (link.initiated()) {
      nameServer(handler.engine(), route.host());
    }
    return handler;
  }

  /** Names the server to itself (SNI, RFC 6066 Section 3), also by a name without a dot. */
  private static void nameServer(SSLEngine engine, String host) {
    try {
      Optional<SNIHostName> name = Hosts.serverName(host);
      if (name.isPresent()) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(name.get()));
        engine.setSSLParameters(parameters);
      }
    } catch (HandshakeFailure refusedBefore) {
      throw new IllegalStateException(refusedBefore);
    }
  }

  private TlsGate.Rules rules(Link link) {
    Route route = link.route();
    boolean demanded =
        route.kind() == StreamKind.TLS && config.tls().alpn().demandedAt(route.address().getPort());
    return link.initiated()
        ? new TlsGate.Rules("server", Optional.of(route.host()), demanded)
        : new TlsGate.Rules("client", Optional.empty(), demanded);
  }

  private Credentials credentials() {
    return config.credentials().orElseThrow();
  }

  /** RFC 8323, Section 11.7; a WebSocket begins as HTTP/1.1. */
  private static String alpn(StreamKind kind) {
    return kind == StreamKind.TLS ? "coap" : "http/1.1";
  }
}
