package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.StreamSender.Fate;
import java.util.List;
import java.util.Optional;

/**
 * Requests of ours on connections, and the responses to them: matched by token alone, since nothing
 * is lost, repeated or overtaken there (RFC 8323, Sections 2 and 7).
 */
final class StreamClient {
  private final EngineCore core;
  private final StreamLinks links;
  private final StreamSender sender;
  private final Tokens tokens;
  private final OpenExchanges open;
  private final GatedResponses gated;
  private final Delivery delivery;
  private boolean closed;

  StreamClient(EngineCore core, StreamLinks links, StreamSender sender) {
    this.core = core;
    this.links = links;
    this.sender = sender;
    this.tokens = new Tokens(core);
    this.open = new OpenExchanges(core, this::withdraw);
    this.gated = new GatedResponses(core, open);
    this.delivery = new Delivery(core, open, false); // RFC 8323, Section 7.1
  }

  Outbound send(Request request, long nowNanos) {
    open.endFormer(request, nowNanos);
    if (closed) {
      return refused(request, Outcome.Cause.CLOSED, Optional.empty());
    }
    StreamLink link = links.find(request.peer());
    if (link == null) {
      return refused(request, Outcome.Cause.NO_CONNECTION, Optional.of("there is no connection"));
    }
    if (link.goodbye.isPresent()) {
      return refused(request, Outcome.Cause.NO_CONNECTION, link.goodbye);
    }
    if (open.size() >= core.config.limits().openExchanges()
        || link.exchanges.size() >= links.rules.limits().openExchanges()) {
      return refused(request, Outcome.Cause.QUEUE_FULL, Optional.empty());
    }
    Optional<Bytes> token =
        tokens
            .choose(request, link.exchanges)
            .filter(t -> t.length() <= link.capabilities.extendedTokenLength());
    if (token.isEmpty()) {
      return refused(request, Outcome.Cause.NOT_SENDABLE, Optional.empty());
    }
    return begin(new Outbound(request, token.get()), link, nowNanos);
  }

  void cancel(Outbound exchange, long nowNanos) {
    open.cancel(exchange, nowNanos);
  }

  /** Takes a response (RFC 7252, Section 5.3.2). */
  void onResponse(StreamLink link, Message message, long nowNanos) {
    Outbound exchange = link.exchanges.get(message.token());
    if (exchange == null) {
      core.ignored(link.peer(), Why.UNKNOWN_TOKEN); // there is no Reset (RFC 8323, Section 7.2)
    } else if (exchange.gate().isPresent()) {
      gated
          .accepted(exchange, message, nowNanos)
          .ifPresent(response -> delivery.deliver(exchange, response, nowNanos));
    } else if (!core.unprocessable(message).isEmpty()
        || message.options().has(OptionNumber.OSCORE)) {
      core.ignored(link.peer(), Why.CRITICAL_OPTION);
    } else if (!delivery.isLate(exchange, message)) {
      delivery.deliver(exchange, GatedResponses.response(core.readable(message)), nowNanos);
    }
  }

  /** Something about a request that waited has been decided. */
  void onFate(Outbound exchange, Fate fate, long nowNanos) {
    switch (fate) {
      case LEFT -> left(exchange, nowNanos);
      case WAITS -> {}
      case TOO_LONG -> tooLong(exchange, nowNanos);
      case NO_ROOM -> open.undelivered(exchange, Outcome.Cause.QUEUE_FULL, nowNanos);
    }
  }

  /** The connection is gone. */
  void onEnded(StreamLink link, OpenExchanges.Ending ending, long nowNanos) {
    open.endAll(List.copyOf(link.exchanges.values()), ending, nowNanos);
  }

  /** Nothing is sent any more; what is open ends with its connection. */
  void close() {
    closed = true;
  }

  int size() {
    return open.size();
  }

  private Outbound begin(Outbound exchange, StreamLink link, long nowNanos) {
    open.add(exchange, link.exchanges);
    onFate(exchange, sender.send(link, message(exchange), Optional.of(exchange)), nowNanos);
    return exchange;
  }

  private static StreamMessage message(Outbound exchange) {
    Request request = exchange.request();
    return new StreamMessage(
        request.method(), exchange.token(), request.options(), request.payload());
  }

  private void left(Outbound exchange, long nowNanos) {
    exchange.left = true;
    if (RequestTransmission.wantsNoResponse(exchange.request())) {
      open.doubt(exchange, Outcome.Doubt.NO_RESPONSE, nowNanos);
    } else {
      open.awaitResponse(exchange, nowNanos);
    }
  }

  private void tooLong(Outbound exchange, long nowNanos) {
    Outcome.NotDelivered outcome =
        new Outcome.NotDelivered(
            exchange.request(),
            Outcome.Cause.NOT_SENDABLE,
            Optional.of("the message is longer than the peer takes"));
    open.conclude(exchange, outcome, nowNanos);
  }

  private Outbound refused(Request request, Outcome.Cause cause, Optional<String> reason) {
    return open.refused(new Outcome.NotDelivered(request, cause, reason));
  }

  /** Nobody waits for a response any more. */
  private void withdraw(Outbound exchange, boolean heard, long nowNanos) {
    StreamLink link = links.find(exchange.peer());
    if (link == null || closed) {
      return;
    }
    if (!exchange.left) {
      sender.withdraw(link, exchange);
    } else if (!heard && isOpenRegistration(exchange)) {
      deregister(link, exchange);
    }
  }

  /** A protected registration can be cancelled only by who can protect the cancellation. */
  private static boolean isOpenRegistration(Outbound exchange) {
    return exchange.gate().isEmpty()
        && exchange.request().method().isSafe()
        && exchange.request().options().observe().orElse(-1) == 0;
  }

  /**
   * RFC 8323, Section 7.4: no Reset would tell the server that nobody listens to what it may have
   * begun. Whatever answers this has an unknown token.
   */
  private void deregister(StreamLink link, Outbound exchange) {
    StreamMessage registration = message(exchange);
    StreamMessage deregistration =
        new StreamMessage(
            registration.code(),
            registration.token(),
            registration.options().with(Option.uint(OptionNumber.OBSERVE, 1)),
            registration.code() == Code.GET ? Bytes.empty() : registration.payload());
    var unused = sender.send(link, deregistration);
  }
}
