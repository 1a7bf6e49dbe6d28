package dev.moat.edhoc.initiator;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.Once;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Authenticator;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.auth.VerifiedPeer;
import dev.moat.edhoc.auth.Verifier;
import dev.moat.edhoc.initiator.AwaitingMessage2.Opened;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Plaintext2;
import dev.moat.edhoc.schedule.Prk2e;
import dev.moat.edhoc.schedule.Prk3e2m;
import dev.moat.edhoc.schedule.Statement;
import dev.moat.edhoc.schedule.Th3;
import java.util.Optional;

/**
 * message_2 was decrypted, and anyone may have made it: all that it tells is a claim. The next step
 * takes the credential that the application chose for the claim, and judged.
 */
public final class UnverifiedMessage2 implements AutoCloseable {
  private final Opened opened;
  private final IdCred claimed;
  private final Prk2e prk2e;
  private final Once<DhPrivateKey> ephemeral;

  UnverifiedMessage2(Opened opened, Prk2e prk2e, Once<DhPrivateKey> ephemeral)
      throws EdhocException {
    this.opened = opened;
    this.prk2e = prk2e;
    this.ephemeral = ephemeral;
    try {
      this.claimed = IdCred.decode(opened.claims().idCred());
    } catch (CoseException refused) {
      throw new EdhocException(Reason.BAD_ID_CRED, refused);
    }
  }

  /** ID_CRED_R: whom the peer claims to be. */
  public IdCred claimedIdCredR() {
    return claimed;
  }

  /** C_R as the peer claims it. */
  public ConnectionId claimedCR() {
    return opened.claims().cR();
  }

  /** EAD_2 as the peer claims it; critical items that are not known have to end the session. */
  public EadItems claimedEad2() {
    return opened.claims().ead();
  }

  /**
   * Verifies Signature_or_MAC_2 (RFC 9528, Section 5.3.3). May be called again for another
   * candidate; success erases the ephemeral key and PRK_2e.
   *
   * @throws EdhocException with UNSUITABLE_KEY or AUTHENTICATION_FAILED
   * @throws IllegalStateException when a message_2 was verified already, or after a {@code close}
   */
  public VerifiedMessage2 verify(Credential credential) throws EdhocException {
    Terms terms = opened.terms();
    Authenticator authenticator = terms.authenticator(Role.RESPONDER);
    Verifier verifier = authenticator.verifier(credential);
    Plaintext2 claims = opened.claims();
    Bytes credR = credential.encoded();
    Statement statement =
        Statement.ofResponder(
            claims.cR().encoded(), claims.idCred(), opened.th2(), credR, claims.ead().encoded());
    Prk3e2m prk3e2m = prk3e2m(verifier);
    try (SecretBytes mac2 = prk3e2m.mac2(statement, authenticator.macOctets())) {
      VerifiedPeer peer = verifier.verify(claimed, statement, mac2, claims.signatureOrMac());
      Th3 th3 = Th3.of(terms.kdf(), opened.th2(), claims.encoded(), credR);
      ephemeral.take().close();
      prk2e.close();
      return new VerifiedMessage2(opened, peer, credential, th3, prk3e2m);
    } catch (EdhocException refused) {
      prk3e2m.close();
      throw refused;
    }
  }

  private Prk3e2m prk3e2m(Verifier verifier) throws EdhocException {
    Optional<SecretBytes> gRX = verifier.agree(ephemeral.look());
    if (gRX.isEmpty()) {
      return prk2e.carried();
    }
    try (SecretBytes secret = gRX.get()) {
      return prk2e.mixed(secret);
    }
  }

  /** Erases PRK_2e of this message_2; {@link AwaitingMessage2} can still receive another. */
  @Override
  public void close() {
    prk2e.close();
  }
}
