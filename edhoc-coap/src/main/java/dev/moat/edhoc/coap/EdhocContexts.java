package dev.moat.edhoc.coap;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.coap.HandshakeException.Reason;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext;
import java.util.List;

/** What a finished session agrees on for OSCORE (RFC 9528, Appendix A.1). */
public final class EdhocContexts {
  /** The Exporter Labels of Section 10.1. */
  private static final int MASTER_SECRET = 0;

  private static final int MASTER_SALT = 1;

  /** What a nonce holds besides an ID: its length and the Partial IV (RFC 8613, Section 5.2). */
  private static final int NONCE_OVERHEAD = 6;

  private EdhocContexts() {}

  /** True when the sessions of {@code suite} can give security contexts. */
  public static boolean isUsable(CipherSuite suite) {
    return suite.applicationHash().sha2().isPresent();
  }

  /**
   * Refuses a suite that gives no security contexts, before anyone negotiates it.
   *
   * @throws IllegalArgumentException naming the suite and why
   */
  public static void requireUsable(CipherSuite suite) {
    if (!isUsable(suite)) {
      throw new IllegalArgumentException(
          "suite "
              + suite.value()
              + " gives no OSCORE context: its application hash "
              + suite.applicationHash()
              + " has no HKDF (docs/decisions/0009-suites-without-hkdf.md)");
    }
  }

  /**
   * False when C_I does not fit into the nonces of the suite that {@code message1} selects: after
   * such a message_1 there can be no security context.
   *
   * @param suites those that the selected one is among
   */
  public static boolean hasRoomFor(Message1 message1, List<CipherSuite> suites) {
    int selected = message1.suites().selected();
    return suites.stream()
        .filter(suite -> suite.value() == selected)
        .noneMatch(suite -> isLonger(message1.cI(), mostOctets(suite.applicationAead())));
  }

  /**
   * The parameters as the session's own side sees them; the caller closes them. The session stays
   * the caller's.
   *
   * @throws HandshakeException NO_OSCORE_HKDF, ID_TOO_LONG or SAME_IDS
   */
  public static ContextParameters parametersOf(EdhocSession session, ContextRules rules)
      throws HandshakeException {
    AeadAlgorithm aead = session.suite().applicationAead();
    HashAlgorithm hkdf =
        session
            .suite()
            .applicationHash()
            .sha2()
            .orElseThrow(() -> new HandshakeException(Reason.NO_OSCORE_HKDF));
    requireIds(session, aead);
    try (SecretBytes secret = session.exporter(MASTER_SECRET, Bytes.empty(), aead.keyOctets());
        SecretBytes salt = session.exporter(MASTER_SALT, Bytes.empty(), rules.saltOctets())) {
      boolean initiator = session.role() == Role.INITIATOR;
      Bytes cI = session.cI().bytes();
      Bytes cR = session.cR().bytes();
      ContextParameters.Builder parameters =
          ContextParameters.builder(secret, initiator ? cR : cI, initiator ? cI : cR)
              .masterSalt(salt.use(Bytes::copyOf))
              .aead(aead)
              .hkdf(hkdf)
              .replayWindow(rules.replayWindow());
      rules.keyUsageLimits().ifPresent(parameters::keyUsageLimits);
      return parameters.build();
    }
  }

  private static void requireIds(EdhocSession session, AeadAlgorithm aead)
      throws HandshakeException {
    if (session.cI().equals(session.cR())) {
      throw new HandshakeException(Reason.SAME_IDS);
    }
    int most = mostOctets(aead);
    if (isLonger(session.cI(), most) || isLonger(session.cR(), most)) {
      throw new HandshakeException(Reason.ID_TOO_LONG);
    }
  }

  private static int mostOctets(AeadAlgorithm aead) {
    return aead.nonceOctets() - NONCE_OVERHEAD;
  }

  private static boolean isLonger(ConnectionId id, int octets) {
    return id.bytes().length() > octets;
  }

  /**
   * Makes the security context of a session, which stays the caller's.
   *
   * @throws HandshakeException as {@link #parametersOf}, and NOT_RECORDED
   */
  public static SecurityContext establish(EdhocSession session, ContextRules rules)
      throws HandshakeException {
    try (ContextParameters parameters = parametersOf(session, rules)) {
      return rules.contexts().establish(parameters);
    } catch (ReservationException failure) {
      throw new HandshakeException(Reason.NOT_RECORDED, String.valueOf(failure.getMessage()));
    }
  }
}
