package dev.moat.coap.service;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How a client call ended. Three-valued on purpose: an attacker who blocks a response leaves the
 * client not knowing, and a client that calls this "failed" believes something false (draft Attacks
 * on CoAP, Section 2.1).
 */
public sealed interface Outcome {
  /** The request as the caller gave it. */
  Request request();

  /** One value for each of the three cases. */
  <T> T fold(
      Function<Responded, T> responded,
      Function<NotDelivered, T> notDelivered,
      Function<Unknown, T> unknown);

  /** The reply changed by {@code change} when there is one. */
  default Outcome mapReply(UnaryOperator<Reply> change) {
    return fold(r -> new Responded(r.request(), change.apply(r.reply())), n -> n, u -> u);
  }

  /**
   * The same outcome, told of {@code original}: filters that rewrote the request restore the
   * caller's.
   */
  Outcome about(Request original);

  /** The server answered: the response was matched to this very request. */
  record Responded(Request request, Reply reply) implements Outcome {
    /** The only or first response. */
    public Response response() {
      return reply.first();
    }

    @Override
    public <T> T fold(
        Function<Responded, T> responded,
        Function<NotDelivered, T> notDelivered,
        Function<Unknown, T> unknown) {
      return responded.apply(this);
    }

    @Override
    public Outcome about(Request original) {
      return new Responded(original, reply);
    }
  }

  /**
   * Provably never acted on: the request did not leave, or the server refused the one copy that
   * did.
   *
   * @param reason what stood in the way, in words for people, where more is known than the cause
   */
  record NotDelivered(Request request, Cause cause, Optional<String> reason) implements Outcome {
    /** Where no more is known than the cause. */
    public NotDelivered(Request request, Cause cause) {
      this(request, cause, Optional.empty());
    }

    @Override
    public <T> T fold(
        Function<Responded, T> responded,
        Function<NotDelivered, T> notDelivered,
        Function<Unknown, T> unknown) {
      return notDelivered.apply(this);
    }

    @Override
    public Outcome about(Request original) {
      return new NotDelivered(original, cause, reason);
    }
  }

  /**
   * It may have been executed, once, now or later: the client must find out before it acts on a
   * belief.
   *
   * @param unprotectedError what came instead of a protected response; without proof that the
   *     server sent it
   */
  record Unknown(Request request, Doubt doubt, Optional<Response> unprotectedError)
      implements Outcome {
    /** Doubt without any response. */
    public Unknown(Request request, Doubt doubt) {
      this(request, doubt, Optional.empty());
    }

    @Override
    public <T> T fold(
        Function<Responded, T> responded,
        Function<NotDelivered, T> notDelivered,
        Function<Unknown, T> unknown) {
      return unknown.apply(this);
    }

    @Override
    public Outcome about(Request original) {
      return new Unknown(original, doubt, unprotectedError);
    }
  }

  /** Why a request is known not to have been acted on. */
  enum Cause {
    /** A limit on queued requests was reached before it left. */
    QUEUE_FULL,
    /** The caller cancelled it before it left. */
    CANCELLED_UNSENT,
    /** The local network refused to send it. */
    SEND_FAILED,
    /**
     * Under a security association the single copy that was sent was answered with Reset (RFC 7252,
     * Section 4.2).
     */
    RESET,
    /**
     * The target or the message cannot be served by this endpoint: too long, or no such transport.
     */
    NOT_SENDABLE,
    /** No connection or security association came about, or it ended before the request left. */
    NO_CONNECTION,
    /** The endpoint closed before it left. */
    CLOSED
  }

  /** What kept the client from knowing. */
  enum Doubt {
    /** No acknowledgement after the last retransmission (RFC 7252, Section 4.2). */
    NO_ACKNOWLEDGEMENT,
    /** Acknowledged, but no response within the time limit. */
    NO_RESPONSE,
    /**
     * Reset, which is matched by Message ID alone: without security it can be an old one that was
     * held back, or a guess, and after a retransmission an earlier copy may have been executed.
     */
    RESET_WITHOUT_PROOF,
    /** The caller cancelled after it had left. */
    CANCELLED,
    /** A block-wise transfer broke off after the server may have had the whole body. */
    TRANSFER_INCOMPLETE,
    /** The server kept answering with challenges that could not be met. */
    CHALLENGE_LOOP,
    /**
     * A protected request was answered by an error without protection (RFC 8613, Section 8.2): the
     * server may lack the security context, or somebody forged it.
     */
    UNPROTECTED_ERROR,
    /**
     * The server has forgotten what it received, and was sent this request more than once: an
     * earlier copy may have been executed before it restarted (RFC 8613, Appendix B.1.2).
     */
    SERVER_RESTARTED,
    /** A protected response came in outer blocks and did not verify as a whole. */
    UNVERIFIED,
    /** The connection or security association ended while waiting. */
    CONNECTION_LOST,
    /** The endpoint closed while waiting. */
    CLOSED
  }
}
