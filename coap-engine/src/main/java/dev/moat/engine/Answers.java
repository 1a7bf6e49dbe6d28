package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.OptionWriter;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.engine.amplification.Account;
import dev.moat.engine.dedup.Retention;
import dev.moat.engine.echo.EchoPurpose;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may be answered to whom: amplification, No-Response, and how long it is remembered.
 */
final class Answers {
  private static final int HEADER_OCTETS = 4;

  /**
   * Codes by which a server says that it did nothing (RFC 7252, Section 5.9). Others, such as 4.09,
   * 4.22 and 5.00, may follow an effect.
   */
  private static final Set<Code> REFUSALS =
      Set.of(
          Code.BAD_REQUEST,
          Code.UNAUTHORIZED,
          Code.BAD_OPTION,
          Code.FORBIDDEN,
          Code.NOT_FOUND,
          Code.METHOD_NOT_ALLOWED,
          Code.NOT_ACCEPTABLE,
          Code.REQUEST_ENTITY_INCOMPLETE,
          Code.PRECONDITION_FAILED,
          Code.REQUEST_ENTITY_TOO_LARGE,
          Code.UNSUPPORTED_CONTENT_FORMAT,
          Code.TOO_MANY_REQUESTS,
          Code.SERVICE_UNAVAILABLE,
          Code.PROXYING_NOT_SUPPORTED,
          Code.HOP_LIMIT_REACHED);

  private final EngineCore core;

  Answers(EngineCore core) {
    this.core = core;
  }

  /**
   * What goes out instead of {@code wanted}, which it is itself when it fits (RFC 9175, Sections
   * 2.4 and 2.6): 4.01 with Echo for a safe request, an answer without payload for one that may
   * have been executed. A protected answer is of no use in part: 4.01 with Echo replaces it,
   * unprotected and hence never taken for a refusal. Charged already. Empty when nothing may go
   * out.
   */
  Optional<Response> fitted(Inbound exchange, Response wanted, long nowNanos) {
    Account account = exchange.to.charged(core, nowNanos);
    if (account == null || charge(exchange, wanted, account)) {
      return Optional.of(wanted);
    }
    int withheldOctets = octets(exchange.token(), wanted);
    if (mayBeChallenged(exchange)) {
      return challenge(exchange, account, withheldOctets, nowNanos);
    }
    core.emit(new EngineEvent.Shortened(exchange.peer(), wanted.code(), withheldOctets));
    Response shorter = wanted.withPayload(Bytes.empty());
    return Optional.of(
        charge(exchange, shorter, account) ? shorter : bare(exchange, wanted, account));
  }

  /** True when 4.01 with Echo tells the requester nothing false. */
  static boolean mayBeChallenged(Inbound exchange) {
    return exchange.isProtected() || exchange.method().isSafe();
  }

  /** A refusal that was decided before execution, short enough for anyone. Charged already. */
  Response refusal(Inbound exchange, Response wanted) {
    Account account = exchange.account;
    boolean fits = account == null || charge(exchange, wanted, account);
    return fits ? wanted : bare(exchange, wanted, account);
  }

  /**
   * A challenge, charged already; empty when even that may not go out.
   *
   * @param withheldOctets length of what it replaces
   */
  Optional<Response> challenge(
      Inbound exchange, Account account, int withheldOctets, long nowNanos) {
    Response challenge = challenge(exchange.peer(), nowNanos);
    if (!charge(exchange, challenge, account)) {
      core.emit(new EngineEvent.Withheld(exchange.peer(), withheldOctets));
      return Optional.empty();
    }
    core.emit(new EngineEvent.Challenged(exchange.peer(), withheldOctets));
    return Optional.of(challenge);
  }

  /** 4.01 with an Echo value that proves nothing but reachability. */
  Response challenge(Peer peer, long nowNanos) {
    Bytes echo = core.mint.mint(EchoPurpose.REACHABILITY, peer, nowNanos);
    return Response.of(Code.UNAUTHORIZED).with(new Option(OptionNumber.ECHO, echo));
  }

  /** True for a response that may never be confirmable (RFC 9175, Section 2.4, item 3). */
  static boolean isChallenge(Response response) {
    return response.code() == Code.UNAUTHORIZED && response.options().has(OptionNumber.ECHO);
  }

  /**
   * True when RFC 7967's No-Response says that this class of response is unwanted; without the
   * option, errors to a group are suppressed (RFC 7252, Section 8.2). The outer one of a protected
   * request is ignored (RFC 8613, Section 4.1.3.6), and what its answer is only a stage further in
   * can tell.
   */
  static boolean isSuppressed(Inbound exchange, Response response) {
    if (exchange.isUnwanted()) {
      return true;
    }
    OptionalLong unwanted = exchange.options().uint(OptionNumber.NO_RESPONSE);
    if (unwanted.isEmpty() || exchange.isProtected()) {
      return exchange.multicast && !response.code().isSuccess();
    }
    return ((unwanted.getAsLong() >>> (response.code().codeClass() - 1)) & 1) != 0;
  }

  /**
   * An unsafe method that may have been executed must never be executed again; a safe or refused
   * one may be, so that whoever forges sources cannot fill the memory with refusals.
   */
  static Retention retention(Code method, Code answer) {
    return method.isSafe() || REFUSALS.contains(answer) ? Retention.EVICTABLE : Retention.PINNED;
  }

  /** Charges a response with the octets that it takes on the wire, when the budget covers it. */
  private static boolean charge(Inbound exchange, Response response, Account account) {
    int octets = octets(exchange.token(), response);
    if (octets > account.budgetOctets(exchange.creditOctets())) {
      return false;
    }
    account.sent(octets);
    return true;
  }

  /** The code alone: never longer than the request. */
  private static Response bare(Inbound exchange, Response wanted, @Nullable Account account) {
    Response bare = Response.of(wanted.code());
    if (account != null) {
      account.sent(octets(exchange.token(), bare));
    }
    return bare;
  }

  /** Length of the message that carries a response; the largest number when it has no form. */
  static int octets(Bytes token, Response response) {
    int lengthOctets = token.length();
    int extension = lengthOctets < 13 ? 0 : lengthOctets < 269 ? 1 : 2; // RFC 8974, Section 2.1
    try {
      int octets =
          HEADER_OCTETS
              + extension
              + lengthOctets
              + OptionWriter.lengthOctets(response.options(), response.payload());
      return octets > Transmissions.MAX_DATAGRAM_OCTETS ? Integer.MAX_VALUE : octets;
    } catch (IllegalArgumentException noSuchForm) {
      return Integer.MAX_VALUE;
    }
  }

  /** The message that carries a response. */
  static Message message(MessageType type, int messageId, Bytes token, Response response) {
    return new Message(
        type, messageId, response.code(), token, response.options(), response.payload());
  }
}
