package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.echo.EchoMint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The CoAP message layer of one event loop, client and server at once, over UDP (RFC 7252, Section
 * 4): no locks, no I/O, no clock.
 *
 * <p>Each method may add outputs; drain {@link #poll()} after every call. Times are monotonic
 * nanoseconds, never going back, and may be negative. The same calls with the same random octets
 * give the same outputs.
 */
public final class CoapEngine implements Engine {
  private final EngineCore core;
  private final Transmissions transmissions;
  private final ClientExchanges client;
  private final ResponseMatcher responses;
  private final ServerExchanges server;
  private final Observations observations;
  private final Notifier notifier;
  private final Pings pings;
  private boolean closed;

  /** An engine without peers; {@code random} supplies everything that must not be guessed. */
  public CoapEngine(EngineConfig config, RandomSource random, EventSink events) {
    core = new EngineCore(config, random, events);
    transmissions = new Transmissions(core);
    Answers answers = new Answers(core);
    pings = new Pings(core, transmissions);
    OpenExchanges open = new OpenExchanges(core, transmissions::conclude);
    client = new ClientExchanges(core, transmissions, open);
    responses = new ResponseMatcher(core, transmissions, open);
    ResponseSender sender = new ResponseSender(core, transmissions);
    server = new ServerExchanges(core, sender, answers);
    Observers observers = new Observers(config.limits(), random.positiveLong());
    notifier = new Notifier(core, transmissions, sender, answers, observers);
    observations = new Observations(core, notifier, server, answers, new Registrations(observers));
  }

  /** Takes one datagram; {@code multicast} when it was sent to a group. */
  public void onDatagram(Peer from, Bytes datagram, boolean multicast, long nowNanos) {
    if (closed) {
      core.ignored(from, Why.CLOSED);
      return;
    }
    Message message;
    try {
      message = UdpCodec.decode(datagram);
    } catch (MessageFormatException malformed) {
      onMalformed(from, malformed, multicast);
      return;
    }
    if (multicast && !isGroupRequest(message)) {
      core.ignored(from, Why.NOT_FOR_A_GROUP);
    } else if (message.code().isRequest()) {
      Inbound.Datagram whole =
          new Inbound.Datagram(datagram.length(), multicast, securityOf(from), nowNanos);
      onRequest(from, message, whole);
    } else if (message.isEmpty()) {
      onEmpty(from, message, nowNanos);
    } else if (message.code().isResponse()) {
      responses.onResponse(from, message, nowNanos);
    } else {
      onReservedClass(from, message);
    }
  }

  /**
   * The transport reports that this very datagram to {@code to} never left, for certain. A request
   * that it was the only copy of becomes {@code NotDelivered}; all else counts as lost on the way.
   */
  public void onSendFailed(Peer to, Bytes datagram, long nowNanos) {
    transmissions.onSendFailed(to, datagram, nowNanos);
  }

  /**
   * The security association of {@code peer} is over and never comes again: what waits for
   * something from it is concluded, and its observations end.
   */
  public void onAssociationEnded(Peer peer, long nowNanos) {
    if (closed) {
      return;
    }
    client.onAssociationEnded(peer, nowNanos);
    observations.onAssociationEnded(peer, nowNanos);
    transmissions.onAssociationEnded(peer, nowNanos);
  }

  @Override
  public void onTimeout(long nowNanos) {
    if (!closed) {
      core.deadlines.expire(nowNanos);
    }
  }

  /** When {@link #onTimeout} wants to be called; {@link Long#MAX_VALUE} when nothing is pending. */
  @Override
  public long nextTimeoutNanos() {
    return closed ? Long.MAX_VALUE : core.deadlines.nextNanos();
  }

  /**
   * Sends a request, or queues it when NSTART says so; {@link Output.Concluded} follows, now or
   * later, exactly once.
   */
  @Override
  public Outbound send(Request request, long nowNanos) {
    return client.send(request, nowNanos);
  }

  /**
   * Concludes a request at once, or ends its observation: the next notification is met with Reset
   * (RFC 7641, Section 3.6). Does nothing when it is over.
   */
  @Override
  public void cancel(Outbound exchange, long nowNanos) {
    client.cancel(exchange, nowNanos);
  }

  /**
   * Sends a confirmable Empty message, unless the engine is closed; {@link Output.Pong} or {@link
   * Output.PingLost} follows.
   */
  @Override
  public Ping ping(Peer peer, long nowNanos) {
    return pings.send(peer, nowNanos);
  }

  /**
   * A protected request was verified and turned out to be {@code inner}: from now on that one's
   * method, Observe and security association count (RFC 8613, Section 8.2).
   */
  @Override
  public void verified(Inbound exchange, Request inner, long nowNanos) {
    exchange.verified(inner);
    observations.onRequest(exchange, nowNanos);
  }

  /** True when {@link #observe} would take a state of this verified request for a registration. */
  @Override
  public boolean takesObservation(Inbound exchange) {
    return observations.takes(exchange);
  }

  /** The answer to come is not sent, whatever it is: No-Response says so (RFC 7967). */
  @Override
  public void suppress(Inbound exchange) {
    exchange.unwanted();
  }

  /**
   * Answers a request: in the acknowledgement when in time, else separately; non-confirmable when
   * the request was.
   *
   * @throws IllegalStateException when it was answered already
   */
  @Override
  public void respond(Inbound exchange, Response response, long nowNanos) {
    server.respond(exchange, response, nowNanos);
  }

  /**
   * Answers a request and begins an observation; the engine sets Observe (RFC 7641, Section 4.1).
   * Empty when the request is no registration, the response no success, or a limit was reached: the
   * response, or what replaces it, then went out without Observe.
   *
   * @throws IllegalStateException when it was answered already
   */
  @Override
  public Optional<Observation> observe(Inbound exchange, Response first, long nowNanos) {
    return observations.begin(exchange, first, nowNanos);
  }

  /**
   * The observed state changed: it goes out now or, when a notification is outstanding, after that,
   * newest state only. An error ends the relation as {@link #end} does. Does nothing when the
   * relation is over.
   */
  @Override
  public void notify(Observation observation, Response notification, long nowNanos) {
    notifier.notify(observation, notification, nowNanos);
  }

  /**
   * Ends a relation with a last, confirmable response without Observe. Does nothing when it is
   * over.
   */
  @Override
  public void end(Observation observation, Response last, long nowNanos) {
    notifier.end(observation, last, nowNanos);
  }

  /** Concludes everything that is open; datagrams and answers are ignored from now on. */
  @Override
  public void close(long nowNanos) {
    if (closed) {
      return;
    }
    closed = true;
    client.close(nowNanos);
    server.close();
    observations.close(nowNanos);
    pings.close();
  }

  /** The next output, or null when there is none. */
  @Override
  public @Nullable Output poll() {
    return core.outputs.poll();
  }

  /** Makes and verifies Echo values; shared with the filters that ask for freshness. */
  @Override
  public EchoMint echoMint() {
    return core.mint;
  }

  /** What is held now, for gauges and tests. */
  public EngineLoad load() {
    return new EngineLoad(
        core.dedup.size(),
        core.dedup.octets(),
        core.remotes.size(),
        core.ledger.size(),
        server.size(),
        client.size(),
        observations.size(),
        core.deadlines.size());
  }

  private void onMalformed(Peer from, MessageFormatException malformed, boolean multicast) {
    core.emit(new EngineEvent.Malformed(from, malformed.reason(), malformed.offset()));
    Optional<MessageFormatException.Rejectable> readable = malformed.rejectable();
    // RFC 7252, Section 4.2: only a confirmable message is rejected by Reset, and none that went to
    // a group.
    if (!multicast && readable.isPresent() && readable.get().type() == MessageType.CON) {
      core.transmit(
          from, UdpCodec.encode(Message.empty(MessageType.RST, readable.get().messageId())));
    }
  }

  private static Arrival.Security securityOf(Peer from) {
    return from.association() == 0 ? Arrival.Security.NONE : Arrival.Security.TRANSPORT;
  }

  private static boolean isGroupRequest(Message message) {
    return message.code().isRequest() && message.type() == MessageType.NON;
  }

  private void onRequest(Peer from, Message message, Inbound.Datagram datagram) {
    if (message.type() == MessageType.ACK || message.type() == MessageType.RST) {
      core.ignored(from, Why.CODE_CONTRADICTS_TYPE);
      return;
    }
    Optional<Inbound> arrived = server.onRequest(from, message, datagram);
    if (arrived.isPresent()) {
      observations.onRequest(arrived.get(), datagram.nowNanos());
    }
  }

  private void onEmpty(Peer from, Message message, long nowNanos) {
    switch (message.type()) {
      case CON -> core.transmit(from, reset(message)); // a ping (RFC 7252, Section 4.3)
      case NON -> core.ignored(from, Why.EMPTY_NON_CONFIRMABLE);
      case ACK -> transmissions.onAcknowledgement(from, message.messageId(), nowNanos);
      case RST -> transmissions.onReset(from, message.messageId(), nowNanos);
    }
  }

  private void onReservedClass(Peer from, Message message) {
    if (message.type() == MessageType.CON) {
      core.reject(from, message.messageId(), Why.RESERVED_CLASS);
    } else {
      core.ignored(from, Why.RESERVED_CLASS);
    }
  }

  private static Bytes reset(Message message) {
    return UdpCodec.encode(Message.empty(MessageType.RST, message.messageId()));
  }
}
