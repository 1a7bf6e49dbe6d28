package dev.moat.endpoint.stream.ws;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.function.Consumer;

/** What both ends of an opening handshake have in common (RFC 8323, Section 4.1). */
public final class WsUpgrade {
  /** RFC 8323, Section 8.3 and RFC 8307. */
  static final String PATH = "/.well-known/coap";

  /** The subprotocol, without which nothing is CoAP. */
  static final String SUBPROTOCOL = "coap";

  private static final int MAX_LINE_OCTETS = 1024;
  private static final int MAX_ANSWER_OCTETS = 4096;

  private WsUpgrade() {}

  /** Adds the stages of a server; {@code exits} is told why when it does not come to CoAP. */
  public static void addServer(ChannelPipeline pipeline, WsRules rules, Exits exits) {
    pipeline.addLast(new HttpServerCodec(limits(rules)));
    pipeline.addLast(new WsServerUpgrade(rules, exits));
  }

  /**
   * Adds the stages of a client.
   *
   * @param host what the Host header says: host and port as in the URI
   */
  public static void addClient(ChannelPipeline pipeline, WsRules rules, String host, Exits exits) {
    pipeline.addLast(new HttpClientCodec(limits(rules), false, false));
    pipeline.addLast(new HttpObjectAggregator(MAX_ANSWER_OCTETS, true));
    pipeline.addLast(new WsClientUpgrade(rules, host, exits));
  }

  private static HttpDecoderConfig limits(WsRules rules) {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(MAX_LINE_OCTETS)
        .setMaxHeaderSize(rules.headerOctets());
  }

  /**
   * Whom to tell of the end.
   *
   * @param refuse takes the sentence when the handshake fails
   * @param drop takes the sentence when an open WebSocket breaks the rules
   */
  public record Exits(Consumer<String> refuse, Consumer<String> drop) {}
}
