package dev.moat.edhoc.coap;

import dev.moat.coap.service.Event;
import dev.moat.coap.service.Peer;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;

/** What handshakes tell the operator, and judges. */
public sealed interface HandshakeEvent extends Event {
  /** The other endpoint's address. */
  Peer peer();

  /**
   * A session is complete, and its security context is ready.
   *
   * @param peer the other endpoint's address
   * @param role of this endpoint
   * @param method the authentication method
   * @param suite the number of the cipher suite
   * @param cI C_I
   * @param cR C_R
   * @param identity how the other endpoint named its credential: ID_CRED_x
   */
  record Completed(
      Peer peer,
      Role role,
      Method method,
      int suite,
      ConnectionId cI,
      ConnectionId cR,
      String identity)
      implements HandshakeEvent {
    /** Tells of {@code session}. */
    public static Completed of(Peer peer, EdhocSession session) {
      return new Completed(
          peer,
          session.role(),
          session.method(),
          session.suite().value(),
          session.cI(),
          session.cR(),
          session.peer().idCred().toString());
    }

    @Override
    public String describe() {
      return "EDHOC complete as "
          + role
          + " with "
          + peer
          + ": method "
          + method.value()
          + ", suite "
          + suite
          + ", C_I '"
          + cI
          + "', C_R '"
          + cR
          + "', peer "
          + identity;
    }
  }

  /** A message was refused by a check of EDHOC; the session goes on for the genuine one. */
  record MessageRejected(Peer peer, EdhocException.Reason reason) implements HandshakeEvent {
    @Override
    public String describe() {
      return "EDHOC message from " + peer + " rejected: " + reason.description();
    }
  }

  /** A session is complete but gave no security context. */
  record NoContext(Peer peer, HandshakeException.Reason reason) implements HandshakeEvent {
    @Override
    public String describe() {
      return "no security context from EDHOC with " + peer + ": " + reason.description();
    }
  }

  /**
   * The application failed to take a session, which is closed; the security context stands.
   *
   * @param exceptionClass what it threw; the text may be anything
   */
  record SessionNotTaken(Peer peer, String exceptionClass) implements HandshakeEvent {
    @Override
    public String describe() {
      return "taking the EDHOC session with "
          + peer
          + " failed by "
          + exceptionClass
          + "; its security context stands";
    }
  }

  /** A message belongs to no session that waits for one. */
  record UnknownSession(Peer peer, ConnectionId id) implements HandshakeEvent {
    @Override
    public String describe() {
      return "EDHOC message from " + peer + " for no session of ours: '" + id + "'";
    }
  }

  /** An address has to show that it receives what is sent to it, before anything is computed. */
  record ProofDemanded(Peer peer) implements HandshakeEvent {
    @Override
    public String describe() {
      return "EDHOC from " + peer + " challenged by Outer Echo";
    }
  }

  /** A client was told to come back later. */
  record Postponed(Peer peer) implements HandshakeEvent {
    @Override
    public String describe() {
      return "EDHOC from " + peer + " postponed";
    }
  }

  /**
   * The other endpoint says that it gave up, or someone else says so.
   *
   * @param peer the other endpoint's address
   * @param code ERR_CODE
   */
  record ErrorReceived(Peer peer, int code) implements HandshakeEvent {
    @Override
    public String describe() {
      return "EDHOC error " + code + " from " + peer + ", unauthenticated";
    }
  }

  /** An older security context of the same identity was given up for a new one. */
  record ContextReplaced(Peer peer, String identity) implements HandshakeEvent {
    @Override
    public String describe() {
      return "oldest security context of " + identity + " given up for a new one with " + peer;
    }
  }
}
