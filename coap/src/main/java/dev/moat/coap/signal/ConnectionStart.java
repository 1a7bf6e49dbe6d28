package dev.moat.coap.signal;

import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.message.Code;
import java.util.Optional;

/**
 * The rule of a connection's first message: each endpoint MUST send a CSM first, and a missing or
 * invalid one aborts the connection (RFC 8323, Sections 3.3 and 4.3).
 *
 * <p>Every message that arrives goes through {@link #signal}. Empty messages can always be sent
 * (Section 3.4), also before the CSM; they do not stand for it. Owned by one connection, used by
 * one thread at a time.
 */
public final class ConnectionStart {
  private boolean csmSeen;

  /** Waits for the peer's first message. */
  public ConnectionStart() {}

  /**
   * What a message says about the connection; empty for an Empty message, a request or a response.
   *
   * @throws SignalException when the message ends the connection: MISSING_CSM,
   *     UNKNOWN_CRITICAL_OPTION or UNKNOWN_CODE
   */
  public Optional<Signal> signal(StreamMessage message) throws SignalException {
    if (message.isEmpty()) {
      return Optional.empty();
    }
    // An Abort may come first: its sender refuses the connection and has nothing to set up.
    if (!csmSeen && message.code() != Code.CSM && message.code() != Code.ABORT) {
      throw new SignalException(SignalException.Reason.MISSING_CSM, message.code());
    }
    if (!message.code().isSignal()) {
      return Optional.empty();
    }
    Signal signal = Signals.read(message);
    csmSeen |= message.code() == Code.CSM;
    return Optional.of(signal);
  }

  /** True once the peer's CSM has come. */
  public boolean isEstablished() {
    return csmSeen;
  }
}
