package dev.moat.endpoint.dtls;

import dev.moat.endpoint.credentials.HandshakeFailure;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.ClientHandshaker;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.ConnectionEvictedException;
import org.eclipse.californium.scandium.dtls.DTLSSession;
import org.eclipse.californium.scandium.dtls.DtlsHandshakeTimeoutException;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.ResumingClientHandshaker;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Scandium says of a handshake that failed into {@link HandshakeWords}, once for each
 * handshake. A server that hides its reason from the client still tells it here.
 */
final class ScandiumRefusals {
  private static final String RECEIVED = "Received '";
  private static final String UNEXPECTED = "nexpected";
  private static final int UNEXPECTED_MESSAGE = 10;
  private static final String NO_EXTENDED_MASTER_SECRET = "Extended Master Secret";

  private final Report report;
  private final Set<Connection> reported = Collections.newSetFromMap(new IdentityHashMap<>());

  ScandiumRefusals(Report report) {
    this.report = report;
  }

  /** What a handshake fails with when this side has waited long enough. */
  static Exception silence() {
    return new DtlsHandshakeTimeoutException("no answer in time", 0);
  }

  /** A handshake is over, without an association. */
  void onFailure(Handshaker handshaker, Throwable error) {
    boolean initiated = handshaker instanceof ClientHandshaker;
    if (!reported.remove(handshaker.getConnection()) || initiated) {
      report.refused(handshaker.getPeerAddress(), initiated, sentence(handshaker, error));
    }
  }

  /** A client named an identity that nobody here has; it is left without an answer. */
  void onUnknownIdentity(@Nullable Connection connection, String identity) {
    HandshakeWords words = new HandshakeWords(false, Optional.of(identity));
    early(
        connection, words.alertSent(AlertMessage.AlertDescription.UNKNOWN_PSK_IDENTITY.getCode()));
  }

  /** A record did not verify. While a client's handshake ends, this means another key. */
  void onMacError(Connection connection) {
    Handshaker handshaker = connection.getOngoingHandshake();
    if (handshaker != null
        && !(handshaker instanceof ClientHandshaker)
        && !handshaker.hasContextEstablished()) {
      early(connection, words(handshaker).unverifiable());
    }
  }

  /** The handshake of this connection succeeded, or it is gone. */
  void forget(Connection connection) {
    reported.remove(connection);
  }

  private void early(@Nullable Connection connection, String sentence) {
    if (connection != null) {
      InetSocketAddress address = connection.getPeerAddress();
      if (address != null && reported.add(connection)) {
        report.refused(address, false, sentence);
      }
    }
  }

  private static String sentence(Handshaker handshaker, Throwable error) {
    HandshakeWords words = words(handshaker);
    if (error instanceof DtlsHandshakeTimeoutException) {
      return words.silence(hasAnswered(handshaker));
    }
    if (error instanceof ConnectionEvictedException) {
      return HandshakeWords.tooMany();
    }
    if (error instanceof HandshakeException alerted) {
      return sentence(words, alerted);
    }
    return "the handshake was given up";
  }

  private static String sentence(HandshakeWords words, HandshakeException alerted) {
    String message = String.valueOf(alerted.getMessage());
    int code = alerted.getAlert().getDescription().getCode() & 0xff;
    if (message.startsWith(RECEIVED)) {
      return words.alertReceived(code);
    }
    if (alerted.getCause() instanceof HandshakeFailure known) {
      return String.valueOf(known.getMessage());
    }
    if (message.startsWith(NO_EXTENDED_MASTER_SECRET)) {
      return words.noExtendedMasterSecret();
    }
    return words.alertSent(message.contains(UNEXPECTED) ? UNEXPECTED_MESSAGE : code);
  }

  /** True when a client got past the server's hello, or a server past the client's cookie. */
  private static boolean hasAnswered(Handshaker handshaker) {
    if (handshaker instanceof ResumingClientHandshaker && !handshaker.isFullHandshake()) {
      return false; // its suite is that of the session to resume
    }
    return handshaker instanceof ClientHandshaker
        ? handshaker.getSession().getCipherSuite() != CipherSuite.TLS_NULL_WITH_NULL_NULL
        : handshaker.getSession().getPeerIdentity() != null;
  }

  private static HandshakeWords words(Handshaker handshaker) {
    DTLSSession session = handshaker.getSession();
    boolean preShared = session.getCipherSuite().isPskBased();
    Optional<String> identity =
        preShared && session.getPeerIdentity() instanceof PreSharedKeyIdentity key
            ? Optional.of(key.getIdentity())
            : Optional.empty();
    return new HandshakeWords(handshaker instanceof ClientHandshaker, identity);
  }

  /** Takes the sentence. */
  @FunctionalInterface
  interface Report {
    /** A handshake came to nothing; {@code initiated} when this side began it. */
    void refused(InetSocketAddress peer, boolean initiated, String sentence);
  }
}
