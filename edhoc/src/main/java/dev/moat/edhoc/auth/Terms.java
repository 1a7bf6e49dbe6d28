package dev.moat.edhoc.auth;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.schedule.Kdf;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;

/**
 * What message_1 fixes for the session: every algorithm follows from it.
 *
 * @param primitives who computes
 * @param method METHOD
 * @param suite the selected cipher suite
 * @param use what the session's keys are for
 */
public record Terms(Primitives primitives, Method method, CipherSuite suite, KeyUse use) {
  /** Extract, Expand and the hash of the suite. */
  public Kdf kdf() {
    return Kdf.of(primitives, suite.hash());
  }

  /** How the side of {@code role} authenticates. */
  public Authenticator authenticator(Role role) {
    return Authenticator.of(method.of(role), suite, primitives.curves());
  }

  /**
   * Refuses identifiers that would make both OSCORE Recipient IDs equal (RFC 9528, Section 3.3.3).
   *
   * @throws EdhocException with SAME_CONNECTION_ID
   */
  public void requireUsable(ConnectionId cI, ConnectionId cR) throws EdhocException {
    if (use == KeyUse.OSCORE && cI.equals(cR)) {
      throw new EdhocException(Reason.SAME_CONNECTION_ID);
    }
  }

  /**
   * A peer's G_X or G_Y.
   *
   * @throws EdhocException with BAD_EPHEMERAL_KEY (RFC 9528, Section 9.2)
   */
  public DhPublicKey ephemeral(Bytes coordinate) throws EdhocException {
    try {
      return primitives.curves().publicKey(suite.curve(), coordinate);
    } catch (KeyMaterialException refused) {
      throw new EdhocException(Reason.BAD_EPHEMERAL_KEY, refused);
    }
  }

  /**
   * G_XY, the caller's to close.
   *
   * @throws EdhocException with BAD_EPHEMERAL_KEY when it is all zero
   */
  public static SecretBytes shared(DhPrivateKey own, DhPublicKey peer) throws EdhocException {
    try {
      return own.agree(peer);
    } catch (KeyMaterialException refused) {
      throw new EdhocException(Reason.BAD_EPHEMERAL_KEY, refused);
    }
  }
}
