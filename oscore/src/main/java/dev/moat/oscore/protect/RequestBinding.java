package dev.moat.oscore.protect;

import dev.moat.bytes.Bytes;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.SecurityContext;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ties responses to their request (RFC 8613, Section 7.1): request_kid and request_piv, and the
 * permission to use the request's nonce for one response. Safe to share among threads.
 */
public final class RequestBinding {
  private final SecurityContext context;
  private final Side side;
  private final Bytes requestPiv;
  private final long sequenceNumber;
  private final boolean observes;
  private final AtomicBoolean nonceLeft;

  private RequestBinding(
      SecurityContext context, Side side, Bytes requestPiv, boolean observes, boolean nonceLeft) {
    this.context = context;
    this.side = side;
    this.requestPiv = requestPiv;
    this.sequenceNumber = requestPiv.toUint();
    this.observes = observes;
    this.nonceLeft = new AtomicBoolean(nonceLeft);
  }

  /** For a request this endpoint has sent: one notification may come without Partial IV. */
  static RequestBinding sent(SecurityContext context, Bytes requestPiv, boolean observes) {
    return new RequestBinding(context, Side.CLIENT, requestPiv, observes, true);
  }

  /** For a request this endpoint has received. */
  static RequestBinding received(
      SecurityContext context, Bytes requestPiv, boolean observes, boolean nonceLeft) {
    return new RequestBinding(context, Side.SERVER, requestPiv, observes, nonceLeft);
  }

  /**
   * The same request under another context of the same endpoints, whose keys re-keying has changed
   * in between. A server's never permits the request's nonce.
   */
  public RequestBinding in(SecurityContext other) {
    return new RequestBinding(other, side, requestPiv, observes, side == Side.CLIENT);
  }

  /** The context. */
  public SecurityContext context() {
    return context;
  }

  /** The request's kid: the ID of whichever side sent it. */
  public Bytes requestKid() {
    return side == Side.CLIENT ? context.senderId() : context.recipientId();
  }

  /** The request's Partial IV as on the wire. */
  public Bytes requestPiv() {
    return requestPiv;
  }

  /** The request's Partial IV as a number. */
  public long sequenceNumber() {
    return sequenceNumber;
  }

  /** True when the request registers an observation. */
  public boolean observes() {
    return observes;
  }

  /** True while a response may still use the request's nonce. */
  public boolean permitsNonce() {
    return nonceLeft.get();
  }

  boolean isClient() {
    return side == Side.CLIENT;
  }

  /** Uses the permission up, in one atomic step. */
  void takeNonce() throws OscoreException {
    if (!nonceLeft.getAndSet(false)) {
      throw new OscoreException(Reason.NONCE_ALREADY_USED);
    }
  }

  /** IDs and number, no secret. */
  @Override
  public String toString() {
    return side + " request " + sequenceNumber + " of " + context;
  }

  private enum Side {
    CLIENT,
    SERVER
  }
}
