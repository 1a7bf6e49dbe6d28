package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.Inbound.Datagram;
import dev.moat.engine.Inbound.Stage;
import dev.moat.engine.amplification.Account;
import dev.moat.engine.dedup.Remembered;
import dev.moat.engine.dedup.Retention;
import dev.moat.engine.echo.EchoPurpose;
import dev.moat.engine.echo.EchoVerdict;
import dev.moat.engine.reliability.Deadline;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests of others: each is handed on once and answered once, piggybacked when the answer comes
 * in time (RFC 7252, Sections 4.5 and 5.2).
 */
final class ServerExchanges {
  private static final long RETRY_SECONDS = 60;

  private final EngineCore core;
  private final Transmissions transmissions;
  private final Answers answers;
  private int open;
  private boolean closed;

  ServerExchanges(EngineCore core, Transmissions transmissions, Answers answers) {
    this.core = core;
    this.transmissions = transmissions;
    this.answers = answers;
  }

  /** The exchange to hand on; empty when the request was answered or ignored here. */
  Optional<Inbound> onRequest(Peer from, Message received, Datagram datagram) {
    long nowNanos = datagram.nowNanos();
    Message message = received;
    List<Option> critical = List.of();
    if (!core.config.options().understandsAll(received.options())) {
      // From here on every option that is present can be read; what could not is in the list.
      message = core.readable(received);
      critical = core.unprocessable(received);
    }
    Account account = charged(from, message, datagram);
    Remembered known = core.dedup.find(from, message.messageId(), nowNanos);
    Inbound exchange = new Inbound(from, message, datagram, account);
    if (known != null) {
      onDuplicate(exchange, known, nowNanos);
      return Optional.empty();
    }
    if (isRefused(exchange, critical, nowNanos)) {
      return Optional.empty();
    }
    open++;
    core.keepHouse(nowNanos);
    setTimer(exchange);
    core.outputs.add(new Output.Arrived(exchange, request(exchange)));
    return Optional.of(exchange);
  }

  /**
   * Sends the answer; a second one is an {@link IllegalStateException}, one too late is dropped.
   */
  void respond(Inbound exchange, Response response, long nowNanos) {
    if (claim(exchange)) {
      answer(exchange, response, nowNanos);
    }
  }

  /** True when the exchange still waits for its answer; it does no longer then. */
  boolean claim(Inbound exchange) {
    return switch (exchange.stage) {
      case OPEN, ACKNOWLEDGED -> {
        if (exchange.timer != null) {
          core.deadlines.clear(exchange.timer);
        }
        open--;
        yield !closed;
      }
      case ABANDONED -> false;
      case ANSWERED -> throw new IllegalStateException("this request was answered already");
    };
  }

  /** Sends the answer of a claimed exchange. */
  void answer(Inbound exchange, Response response, long nowNanos) {
    Optional<Response> admitted = admitted(exchange, response, nowNanos);
    if (admitted.isPresent()) {
      dispatch(exchange, admitted.get(), nowNanos);
    }
  }

  /**
   * What may go out instead of {@code response}; empty when the exchange ended without an answer.
   */
  Optional<Response> admitted(Inbound exchange, Response response, long nowNanos) {
    if (Answers.isSuppressed(exchange, response)) {
      suppress(exchange, response);
      return Optional.empty();
    }
    Optional<Response> fitted = answers.fitted(exchange, response, nowNanos);
    if (fitted.isEmpty()) {
      withhold(exchange);
    }
    return fitted;
  }

  /** Sends an admitted answer. */
  void dispatch(Inbound exchange, Response response, long nowNanos) {
    if (isPiggybacked(exchange)) {
      piggyback(exchange, response);
      return;
    }
    concludeSeparately(exchange, response);
    if (exchange.multicast) {
      open++; // until it is sent, so that there are never too many
      core.deadlines.set(new Leisure(exchange, response), nowNanos + leisureNanos());
    } else {
      transmit(exchange, response, nowNanos);
    }
  }

  /** True when an answer given now goes into the acknowledgement. */
  static boolean isPiggybacked(Inbound exchange) {
    return exchange.isConfirmable() && exchange.stage == Stage.OPEN;
  }

  /** Notes that a claimed exchange is answered by a message that somebody else sends. */
  void concludeSeparately(Inbound exchange, Response response) {
    exchange.stage = Stage.ANSWERED;
    conclude(exchange, response);
  }

  void close() {
    closed = true;
  }

  int size() {
    return open;
  }

  // ---- arrival

  /** Whom the answer is charged to; null when the address is proven, or proves itself now. */
  private @Nullable Account charged(Peer from, Message message, Datagram datagram) {
    AmplificationPolicy policy = core.config.amplification();
    if (!policy.enabled() || from.association() != 0) {
      return null;
    }
    long nowNanos = datagram.nowNanos();
    if (core.ledger.isProven(from, nowNanos)) {
      return null;
    }
    Optional<Bytes> echo = message.options().first(OptionNumber.ECHO);
    if (echo.isPresent()
        && core.mint.verify(
                echo.get(), EchoPurpose.REACHABILITY, from, nowNanos, policy.echoWindowNanos())
            == EchoVerdict.VALID) {
      core.ledger.prove(from, nowNanos);
      return null;
    }
    return core.ledger.received(from, datagram.octets(), nowNanos);
  }

  private void onDuplicate(Inbound exchange, Remembered known, long nowNanos) {
    int octets = known.answer().map(Bytes::length).orElse(0);
    Account account = exchange.account;
    if (account == null || octets <= account.budgetOctets(exchange.datagramOctets)) {
      core.answerDuplicate(exchange.peer(), exchange.message, known);
      if (account != null && exchange.isConfirmable()) {
        account.sent(octets);
      }
    } else if (exchange.isConfirmable() && exchange.message.code().isSafe()) {
      // Answering a safe request otherwise than before is allowed (RFC 7252, Section 4.5).
      Optional<Response> challenge = answers.challenge(exchange, account, octets, nowNanos);
      if (challenge.isPresent()) {
        var unused = send(exchange, challenge.get());
      }
    } else {
      core.emit(new EngineEvent.Withheld(exchange.peer(), octets));
    }
  }

  /** Refuses what no resource should see. */
  private boolean isRefused(Inbound exchange, List<Option> critical, long nowNanos) {
    Message message = exchange.message;
    if (closed) {
      core.ignored(exchange.peer(), Why.CLOSED);
      return true;
    }
    if (!critical.isEmpty()) {
      refuseOptions(exchange, critical);
      return true;
    }
    if (message.options().has(OptionNumber.PROXY_URI)
        || message.options().has(OptionNumber.PROXY_SCHEME)) {
      refuse(exchange, Response.of(Code.PROXYING_NOT_SUPPORTED), Why.NOT_A_PROXY);
      return true;
    }
    return !isAdmitted(exchange, nowNanos);
  }

  private void refuseOptions(Inbound exchange, List<Option> critical) {
    if (!exchange.isConfirmable()) {
      core.ignored(exchange.peer(), Why.CRITICAL_OPTION);
      return;
    }
    String diagnostic = "cannot process " + core.config.options().nameOf(critical.get(0).number());
    Response refusal = Response.diagnostic(Code.BAD_OPTION, diagnostic);
    refuse(exchange, refusal, Why.CRITICAL_OPTION);
  }

  /**
   * Finds room for the exchange, or says 5.03: without a memory an unsafe method is not executed.
   */
  private boolean isAdmitted(Inbound exchange, long nowNanos) {
    TransmissionParameters times = core.config.transmission();
    boolean room = open < core.config.limits().openRequests();
    if (room) {
      long lifetimeNanos =
          exchange.isConfirmable() ? times.exchangeLifetimeNanos() : times.nonLifetimeNanos();
      exchange.entry =
          core.dedup.open(exchange.peer(), exchange.message.messageId(), nowNanos + lifetimeNanos);
      room = exchange.entry != null || exchange.message.code().isSafe();
    }
    if (!room) {
      Response busy =
          Response.of(Code.SERVICE_UNAVAILABLE)
              .with(Option.uint(OptionNumber.MAX_AGE, RETRY_SECONDS));
      refuse(exchange, busy, Why.OVERLOAD);
    }
    return room;
  }

  /**
   * Answers a confirmable request at once, without remembering it; a non-confirmable one is
   * ignored.
   */
  private void refuse(Inbound exchange, Response refusal, Why why) {
    if (!exchange.isConfirmable()) {
      core.ignored(exchange.peer(), why);
      return;
    }
    core.emit(new EngineEvent.Refused(exchange.peer(), refusal.code(), why));
    if (Answers.isSuppressed(exchange, refusal)) {
      var unused = acknowledge(exchange);
    } else {
      var unused = send(exchange, answers.refusal(exchange, refusal));
    }
  }

  private Request request(Inbound exchange) {
    Message message = exchange.message;
    Peer from = exchange.peer();
    Account account = exchange.account;
    boolean secured = from.association() != 0;
    boolean proven = secured || (core.config.amplification().enabled() && account == null);
    Arrival arrival =
        new Arrival(
            exchange.arrivedNanos,
            message.token(),
            exchange.datagramOctets,
            exchange.multicast,
            proven,
            secured ? Arrival.Security.TRANSPORT : Arrival.Security.NONE);
    Context context = Context.empty().with(Arrival.KEY, arrival);
    if (account != null) {
      context =
          context.with(
              AmplificationPolicy.ANSWER_BUDGET_OCTETS,
              account.budgetOctets(exchange.datagramOctets));
    }
    return new Request(
        message.code(),
        message.options(),
        message.payload(),
        from,
        exchange.isConfirmable() ? Reliability.CONFIRMABLE : Reliability.NON_CONFIRMABLE,
        context);
  }

  // ---- answer

  private void piggyback(Inbound exchange, Response response) {
    Bytes datagram = send(exchange, response);
    exchange.stage = Stage.ANSWERED;
    Remembered entry = exchange.entry;
    if (entry != null) {
      Retention retention = Answers.retention(exchange.message.code(), response.code());
      core.dedup.conclude(entry, retention, datagram);
    }
  }

  /** Sends a piggybacked response; what has no form becomes 5.00. */
  private Bytes send(Inbound exchange, Response response) {
    int messageId = exchange.message.messageId();
    Bytes datagram =
        Transmissions.encoded(
                Answers.message(MessageType.ACK, messageId, exchange.token(), response))
            .orElseGet(() -> internalError(exchange, response));
    core.transmit(exchange.peer(), datagram);
    return datagram;
  }

  private Bytes internalError(Inbound exchange, Response response) {
    core.emit(new EngineEvent.Unsendable(exchange.peer(), response.code()));
    Response error = Response.of(Code.INTERNAL_SERVER_ERROR);
    int messageId = exchange.message.messageId();
    return UdpCodec.encode(Answers.message(MessageType.ACK, messageId, exchange.token(), error));
  }

  /** Sends a response under a Message ID of our own; a challenge is not retransmitted. */
  private void transmit(Inbound exchange, Response response, long nowNanos) {
    Remote remote = core.remotes.obtain(exchange.peer(), nowNanos);
    if (remote == null) {
      core.emit(new EngineEvent.Unsendable(exchange.peer(), response.code()));
      return;
    }
    boolean confirmable = exchange.isConfirmable() && !Answers.isChallenge(response);
    Transmission transmission =
        new ResponseTransmission(core, transmissions, remote, exchange.to, response, confirmable);
    if (transmissions.start(transmission, nowNanos) && !confirmable) {
      transmissions.finish(transmission, nowNanos);
    }
  }

  private long leisureNanos() {
    long longest = core.config.transmission().defaultLeisureNanos();
    return (long) (core.random.fraction() * longest);
  }

  private Bytes acknowledge(Inbound exchange) {
    Bytes datagram = core.acknowledge(exchange.peer(), exchange.message.messageId());
    if (exchange.account != null) {
      exchange.account.sentEmpty(datagram.length());
    }
    return datagram;
  }

  private void suppress(Inbound exchange, Response response) {
    Remembered entry = exchange.entry;
    if (isPiggybacked(exchange)) {
      // RFC 7967, Section 2: the acknowledgement is not suppressed.
      Bytes acknowledgement = acknowledge(exchange);
      if (entry != null) {
        core.dedup.answerMeanwhile(entry, acknowledgement);
      }
    }
    concludeSeparately(exchange, response);
  }

  /** Nothing may be sent at all: a later copy of the request is treated as new. */
  private void withhold(Inbound exchange) {
    exchange.stage = Stage.ANSWERED;
    if (exchange.entry != null) {
      core.dedup.forget(exchange.entry);
    }
  }

  private void conclude(Inbound exchange, Response response) {
    if (exchange.entry != null) {
      core.dedup.conclude(
          exchange.entry, Answers.retention(exchange.message.code(), response.code()));
    }
  }

  // ---- time

  private void setTimer(Inbound exchange) {
    Deadline timer = new AnswerTimer(exchange);
    exchange.timer = timer;
    long delayNanos =
        exchange.isConfirmable()
            ? core.config.separateAckDelayNanos()
            : core.config.transmission().nonLifetimeNanos();
    core.deadlines.set(timer, exchange.arrivedNanos + delayNanos);
  }

  private void onAnswerDue(Inbound exchange, Deadline timer) {
    if (isPiggybacked(exchange)) {
      Bytes acknowledgement = acknowledge(exchange);
      exchange.stage = Stage.ACKNOWLEDGED;
      if (exchange.entry != null) {
        core.dedup.answerMeanwhile(exchange.entry, acknowledgement);
      }
      long lifetimeNanos = core.config.transmission().exchangeLifetimeNanos();
      core.deadlines.set(timer, exchange.arrivedNanos + lifetimeNanos);
      return;
    }
    exchange.stage = Stage.ABANDONED;
    open--;
    if (exchange.entry != null) {
      core.dedup.forget(exchange.entry);
    }
    core.emit(new EngineEvent.Abandoned(exchange.peer(), exchange.message.code()));
  }

  private final class AnswerTimer extends Deadline {
    private final Inbound exchange;

    private AnswerTimer(Inbound exchange) {
      this.exchange = exchange;
    }

    @Override
    protected void expired(long nowNanos) {
      onAnswerDue(exchange, this);
    }
  }

  /** RFC 7252, Section 8.2: answers to a group request are spread over the leisure. */
  private final class Leisure extends Deadline {
    private final Inbound exchange;
    private final Response response;

    private Leisure(Inbound exchange, Response response) {
      this.exchange = exchange;
      this.response = response;
    }

    @Override
    protected void expired(long nowNanos) {
      open--;
      transmit(exchange, response, nowNanos);
    }
  }
}
