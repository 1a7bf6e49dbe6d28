package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Option;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.Inbound.Datagram;
import dev.moat.engine.Inbound.Stage;
import dev.moat.engine.amplification.Account;
import dev.moat.engine.dedup.Remembered;
import dev.moat.engine.reliability.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * Requests of others: each is handed on once and answered once, piggybacked when the answer comes
 * in time (RFC 7252, Sections 4.5 and 5.2).
 */
final class ServerExchanges {
  private final EngineCore core;
  private final ResponseSender sender;
  private final Answers answers;
  private final Admission admission;
  private int open;
  private boolean closed;

  ServerExchanges(EngineCore core, ResponseSender sender, Answers answers) {
    this.core = core;
    this.sender = sender;
    this.answers = answers;
    this.admission = new Admission(core, answers, sender);
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
    Account account = admission.charged(from, message, datagram);
    Remembered known = core.dedup.find(from, message.messageId(), nowNanos);
    Inbound exchange = new Inbound(from, message, datagram, account);
    if (known != null) {
      admission.onDuplicate(exchange, known, nowNanos);
      return Optional.empty();
    }
    if (closed) {
      core.ignored(from, Why.CLOSED);
      return Optional.empty();
    }
    if (admission.isRefused(exchange, critical, open, nowNanos)) {
      return Optional.empty();
    }
    open++;
    core.keepHouse(nowNanos);
    setTimer(exchange);
    core.outputs.add(new Output.Arrived(exchange, exchange.request(core.config.amplification())));
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

  // ---- answer

  private void piggyback(Inbound exchange, Response response) {
    Bytes datagram = sender.piggyback(exchange, response);
    exchange.stage = Stage.ANSWERED;
    Remembered entry = exchange.entry;
    if (entry != null) {
      core.dedup.answerMeanwhile(entry, datagram);
    }
    conclude(exchange, response);
  }

  /** Sends a response under a Message ID of our own; a challenge is not retransmitted. */
  private void transmit(Inbound exchange, Response response, long nowNanos) {
    boolean confirmable = exchange.isConfirmable() && !Answers.isChallenge(response);
    sender.transmit(exchange.to, response, confirmable, nowNanos);
  }

  private long leisureNanos() {
    long longest = core.config.transmission().defaultLeisureNanos();
    return (long) (core.random.fraction() * longest);
  }

  private void suppress(Inbound exchange, Response response) {
    Remembered entry = exchange.entry;
    if (isPiggybacked(exchange)) {
      // RFC 7967, Section 2: the acknowledgement is not suppressed.
      Bytes acknowledgement = sender.acknowledge(exchange);
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
    Remembered entry = exchange.entry;
    if (entry == null) {
      return;
    }
    if (exchange.isForgeable(response)) {
      // A genuine message under the same Message ID must not be taken for a copy of a forged one.
      core.dedup.forget(entry);
    } else {
      core.dedup.conclude(entry, Answers.retention(exchange.method(), response.code()));
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
      Bytes acknowledgement = sender.acknowledge(exchange);
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
