package dev.moat.edhoc.auth;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhPublicKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.schedule.Statement;
import java.util.Optional;

/** Authenticates an own identity to the peer. */
public sealed interface Prover permits SignatureAuthenticator.Signer, StaticDhAuthenticator.Holder {
  /**
   * The secret to mix in: G_RX or G_IY, or empty where signatures authenticate. The caller closes
   * it.
   *
   * @throws EdhocException with BAD_EPHEMERAL_KEY when it would be all zero
   */
  Optional<SecretBytes> agree(DhPublicKey ephemeral) throws EdhocException;

  /** Signature_or_MAC (RFC 9528, Sections 5.3.2 and 5.4.2). */
  Bytes prove(Statement statement, SecretBytes mac);
}
