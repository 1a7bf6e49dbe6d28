package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.engine.Inbound.Datagram;
import dev.moat.engine.amplification.Account;
import dev.moat.engine.dedup.Remembered;
import dev.moat.engine.echo.EchoPurpose;
import dev.moat.engine.echo.EchoVerdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests are handed on at all, and answers those that are not: further copies (RFC
 * 7252, Section 4.5), critical options (Section 5.4.1), requests to a proxy (Section 5.10.2), more
 * than there is room for; and to whom their answers are charged (RFC 9175, Section 2.4).
 */
final class Admission {
  private final EngineCore core;
  private final Answers answers;
  private final ResponseSender sender;
  private final Refusals refusals;

  Admission(EngineCore core, Answers answers, ResponseSender sender) {
    this.core = core;
    this.answers = answers;
    this.sender = sender;
    this.refusals = new Refusals(core);
  }

  /** Whom the answer is charged to; null when the address is proven, or proves itself now. */
  @Nullable Account charged(Peer from, Message message, Datagram datagram) {
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

  /** Answers a further copy of a request, within what its address may get. */
  void onDuplicate(Inbound exchange, Remembered known, long nowNanos) {
    int octets = known.answer().map(Bytes::length).orElse(0);
    Account account = exchange.account;
    if (account == null || octets <= account.budgetOctets(exchange.datagramOctets)) {
      core.answerDuplicate(exchange.peer(), exchange.message, known);
      if (account != null && exchange.isConfirmable()) {
        account.sent(octets);
      }
    } else if (exchange.isConfirmable() && Answers.mayBeChallenged(exchange)) {
      // Answering a safe request otherwise than before is allowed (RFC 7252, Section 4.5), and a
      // protected one is not taken for refused.
      Optional<Response> challenge = answers.challenge(exchange, account, octets, nowNanos);
      if (challenge.isPresent()) {
        var unused = sender.piggyback(exchange, challenge.get());
      }
    } else {
      core.emit(new EngineEvent.Withheld(exchange.peer(), octets));
    }
  }

  /**
   * Refuses what no resource should see.
   *
   * @param critical options that cannot be processed
   * @param open exchanges that wait for their answer
   */
  boolean isRefused(Inbound exchange, List<Option> critical, int open, long nowNanos) {
    Optional<Refusals.Refusal> refusal = refusals.of(exchange.message, critical);
    if (refusal.isPresent()) {
      refuse(exchange, refusal.get());
      return true;
    }
    return !isAdmitted(exchange, open, nowNanos);
  }

  /**
   * Finds room for the exchange, or says 5.03: without a memory an unsafe method is not executed.
   */
  private boolean isAdmitted(Inbound exchange, int open, long nowNanos) {
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
      refuse(exchange, Refusals.busy());
    }
    return room;
  }

  /**
   * Answers a confirmable request at once, without remembering it; a non-confirmable one is
   * ignored.
   */
  private void refuse(Inbound exchange, Refusals.Refusal refusal) {
    if (!exchange.isConfirmable()) {
      core.ignored(exchange.peer(), refusal.why());
      return;
    }
    Response response = refusal.response();
    core.emit(new EngineEvent.Refused(exchange.peer(), response.code(), refusal.why()));
    if (Answers.isSuppressed(exchange, response)) {
      var unused = sender.acknowledge(exchange);
    } else {
      var unused = sender.piggyback(exchange, answers.refusal(exchange, response));
    }
  }
}
