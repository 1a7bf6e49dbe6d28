package dev.moat.endpoint.stack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stack.VirtualWire.Packet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A CoAP proxy that knows nothing of OSCORE: every message goes on under another token, Message ID
 * and port. With Proxy-Scheme it is a forward proxy, which takes the options that name the target
 * away; without, a reverse proxy.
 */
final class MinimalProxy {
  static final Peer DOWNSTREAM = Peer.of(Bytes.of(192, 0, 2, 9), 5683);
  static final Peer UPSTREAM = Peer.of(Bytes.of(192, 0, 2, 9), 61_000);

  private final Map<Hop, Integer> onwardIds = new HashMap<>();
  private final Map<Integer, Hop> backIds = new HashMap<>();
  private final Map<Bytes, Bytes> onwardTokens = new HashMap<>();
  private final Map<Bytes, Bytes> backTokens = new HashMap<>();
  private final Peer server;
  private Optional<Peer> client = Optional.empty();
  private int next = 30_000;
  int forwardRequests;

  private record Hop(Peer from, int messageId) {}

  private MinimalProxy(Peer server) {
    this.server = server;
  }

  static MinimalProxy on(VirtualWire wire, Peer server) {
    MinimalProxy proxy = new MinimalProxy(server);
    wire.attach(DOWNSTREAM, (packet, w) -> proxy.upstream(packet, w));
    wire.attach(UPSTREAM, (packet, w) -> proxy.downstream(packet, w));
    return proxy;
  }

  private void upstream(Packet packet, VirtualWire wire) {
    Message message = packet.message();
    if (message.code().isRequest()) {
      client = Optional.of(packet.from());
    }
    Bytes token =
        message.code().isRequest()
            ? onwardTokens.computeIfAbsent(message.token(), this::freshToken)
            : message.token();
    Options options = message.options();
    if (options.has(OptionNumber.PROXY_SCHEME)) {
      forwardRequests++;
      options =
          options
              .without(OptionNumber.PROXY_SCHEME)
              .without(OptionNumber.URI_HOST)
              .without(OptionNumber.URI_PORT);
    }
    wire.send(
        new Packet(UPSTREAM, server, packet.with(renamed(packet, token, options)).datagram()));
  }

  private void downstream(Packet packet, VirtualWire wire) {
    Message message = packet.message();
    Bytes token = backTokens.getOrDefault(message.token(), message.token());
    wire.send(
        new Packet(
            DOWNSTREAM,
            client.orElseThrow(),
            packet.with(renamed(packet, token, message.options())).datagram()));
  }

  private Message renamed(Packet packet, Bytes token, Options options) {
    Message message = packet.message();
    boolean answers = message.type() == MessageType.ACK || message.type() == MessageType.RST;
    int id =
        answers
            ? backIds.getOrDefault(message.messageId(), new Hop(packet.from(), 0)).messageId()
            : onwardIds.computeIfAbsent(new Hop(packet.from(), message.messageId()), this::freshId);
    return new Message(message.type(), id, message.code(), token, options, message.payload());
  }

  private int freshId(Hop hop) {
    backIds.put(++next, hop);
    return next;
  }

  private Bytes freshToken(Bytes of) {
    Bytes token = Bytes.of(0x77, ++next >> 8, next & 0xff);
    backTokens.put(token, of);
    return token;
  }
}
