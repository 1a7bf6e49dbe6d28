package dev.moat.oscore.filter;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.SecurityContext;

/** What the OSCORE stages tell the operator, and judges. */
public sealed interface OscoreEvent extends Event {
  /** A request names a context that is not here. */
  record ContextNotFound(Peer peer) implements OscoreEvent {
    @Override
    public String describe() {
      return "request from " + peer + " names no security context of ours";
    }
  }

  /** A request did not verify, or could not be read. */
  record RequestRejected(Peer peer, Reason reason) implements OscoreEvent {
    @Override
    public String describe() {
      return "request from " + peer + " rejected: " + reason.description();
    }
  }

  /** A request came a second time, or too late to tell. */
  record ReplayDetected(Peer peer) implements OscoreEvent {
    @Override
    public String describe() {
      return "replay from " + peer + " rejected";
    }
  }

  /**
   * On an ordered transport a request came that is not the next one: others are missing or late.
   */
  record OutOfOrder(Peer peer, long due, long partialIv) implements OscoreEvent {
    @Override
    public String describe() {
      return "request from "
          + peer
          + " refused: Partial IV "
          + partialIv
          + " where "
          + due
          + " is due";
    }
  }

  /** The replay window is not trusted: the client was asked for proof by Echo. */
  record ResynchronisationDemanded(Peer peer) implements OscoreEvent {
    @Override
    public String describe() {
      return "replay window lost: " + peer + " challenged by Echo";
    }
  }

  /** A request proved fresh: the replay window is trusted from its Partial IV on. */
  record Resynchronised(Peer peer) implements OscoreEvent {
    @Override
    public String describe() {
      return "replay window resynchronised by a request from " + peer;
    }
  }

  /** An observation was asked for from an address that may be forged. */
  record ReachabilityDemanded(Peer peer) implements OscoreEvent {
    @Override
    public String describe() {
      return "registration from " + peer + " challenged by Outer Echo";
    }
  }

  /** An answer lost its payload, because the address it goes to is not proven. */
  record Shortened(Peer peer, int octets) implements OscoreEvent {
    @Override
    public String describe() {
      return "answer of " + octets + " octets to " + peer + " sent without payload";
    }
  }

  /** A message of ours could not be protected, and was not sent. */
  record ProtectionFailed(Peer peer, Reason reason) implements OscoreEvent {
    @Override
    public String describe() {
      return "message to " + peer + " not sent: " + reason.description();
    }
  }

  /** A stage further in failed; the client gets a protected 5.00. */
  record StageFailed(Peer peer, String fault) implements OscoreEvent {
    static StageFailed of(Peer peer, Throwable thrown) {
      StackTraceElement[] trace = thrown.getStackTrace();
      String place = trace.length == 0 ? "" : " at " + trace[0];
      return new StageFailed(peer, thrown.getClass().getName() + place);
    }

    @Override
    public String describe() {
      return "answering " + peer + " failed: " + fault;
    }
  }

  /** A response did not verify; the exchange waits for the genuine one. */
  record ResponseRejected(Peer peer, Reason reason) implements OscoreEvent {
    @Override
    public String describe() {
      return "response from " + peer + " rejected: " + reason.description();
    }
  }

  /** A notification as old as one before, or older. */
  record StaleNotification(Peer peer) implements OscoreEvent {
    @Override
    public String describe() {
      return "stale notification from " + peer + " rejected";
    }
  }

  /** A protected request met an unprotected response, from the server or from anyone else. */
  record UnprotectedResponse(Peer peer, Code code, String diagnostic) implements OscoreEvent {
    private static final int DIAGNOSTIC_CHARACTERS = 80;

    static UnprotectedResponse of(Peer peer, Response response) {
      // Anyone may have written it: on one line, and short.
      String text = response.payload().toUtf8().replaceAll("[^ -~]", "?");
      String shown = text.substring(0, Math.min(text.length(), DIAGNOSTIC_CHARACTERS));
      return new UnprotectedResponse(peer, response.code(), shown);
    }

    @Override
    public String describe() {
      String said = diagnostic.isEmpty() ? "" : " '" + diagnostic + "'";
      return "unprotected " + code + said + " from " + peer + " to a protected request";
    }
  }

  /** A key of this context is nearly worn out: time to establish another context. Told once. */
  record KeyUsageNearing(SecurityContext context) implements OscoreEvent {
    @Override
    public String describe() {
      return "a key of context " + context + " is near its usage limit";
    }
  }
}
