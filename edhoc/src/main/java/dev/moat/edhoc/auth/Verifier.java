package dev.moat.edhoc.auth;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.credential.IdCred;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.schedule.Statement;
import java.util.Optional;

/** Verifies that a peer has the private key of one credential. */
public sealed interface Verifier
    permits SignatureAuthenticator.SignatureCheck, StaticDhAuthenticator.MacCheck {
  /**
   * The secret to mix in: G_RX or G_IY, or empty where signatures authenticate. The caller closes
   * it.
   *
   * @throws EdhocException with UNSUITABLE_KEY when it would be all zero
   */
  Optional<SecretBytes> agree(DhPrivateKey ephemeral) throws EdhocException;

  /**
   * Verifies Signature_or_MAC (RFC 9528, Sections 5.3.3 and 5.4.3), MACs in constant time.
   *
   * @param idCred how the peer named the credential
   * @param mac the MAC that it should have
   * @return the evidence, which nothing else makes
   * @throws EdhocException with AUTHENTICATION_FAILED
   */
  VerifiedPeer verify(IdCred idCred, Statement statement, SecretBytes mac, Bytes signatureOrMac)
      throws EdhocException;
}
