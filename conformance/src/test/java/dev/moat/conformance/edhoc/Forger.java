package dev.moat.conformance.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.Message3;
import dev.moat.edhoc.message.Plaintext2;
import dev.moat.edhoc.message.Plaintext3;
import dev.moat.edhoc.schedule.Prk2e;
import dev.moat.edhoc.schedule.Prk3e2m;
import dev.moat.edhoc.schedule.Prk4e3m;
import dev.moat.edhoc.schedule.Statement;
import dev.moat.edhoc.schedule.Th2;
import dev.moat.edhoc.schedule.Th3;
import java.util.Optional;

/**
 * Makes message_2 and message_3 of methods 0 to 3 by hand: no check keeps an attacker from putting
 * together what does not belong together.
 */
record Forger(Terms terms) {
  /** Whom an attacker claims to be: public data only. */
  record Claim(IdCred idCred, Credential credential, EadItems ead) {
    static Claim of(Person person) {
      return new Claim(person.idCred(), person.credential(), EadItems.none());
    }

    Claim with(EadItems items) {
      return new Claim(idCred, credential, items);
    }
  }

  /** Makes Signature_or_MAC of the statement and the MAC over it. */
  @FunctionalInterface
  interface Proof {
    Bytes of(Statement statement, SecretBytes mac);
  }

  /** A message with what its maker knows behind it. */
  record Made(Bytes message, Prk3e2m prk3e2m, Th3 th3) {}

  /** The MAC itself, as with static Diffie-Hellman. */
  static final Proof MAC = (statement, mac) -> mac.use(Bytes::copyOf);

  /** The proof that the key of {@code identity} gives, whoever the statement is about. */
  Proof with(Role role, Identity identity) {
    return (statement, mac) -> terms.authenticator(role).prover(identity).prove(statement, mac);
  }

  /**
   * A message_2.
   *
   * @param y an ephemeral key of the attacker
   * @param inPlaceOfGRX what is mixed in where the Responder has a static key
   */
  Made message2(
      Bytes message1,
      DhPrivateKey y,
      Claim claim,
      Optional<SecretBytes> inPlaceOfGRX,
      ConnectionId cR,
      Proof proof)
      throws EdhocException {
    Th2 th2 = Th2.of(terms.kdf(), y.publicKey(), message1);
    DhPublicKey gX = terms.ephemeral(Message1.decode(message1).gX());
    Prk2e prk2e = Prk2e.of(terms.kdf(), th2, Terms.shared(y, gX));
    Prk3e2m prk3e2m = inPlaceOfGRX.map(prk2e::mixed).orElseGet(prk2e::carried);
    Bytes credential = claim.credential().encoded();
    Bytes ead = claim.ead().encoded();
    Statement statement =
        Statement.ofResponder(cR.encoded(), claim.idCred().encoded(), th2, credential, ead);
    SecretBytes mac2 = prk3e2m.mac2(statement, terms.authenticator(Role.RESPONDER).macOctets());
    Bytes plaintext2 =
        new Plaintext2(cR, claim.idCred().encoded(), proof.of(statement, mac2), claim.ead())
            .encoded();
    Bytes message = new Message2(y.publicKey(), prk2e.applyKeystream2(plaintext2)).encoded();
    return new Made(message, prk3e2m, Th3.of(terms.kdf(), th2, plaintext2, credential));
  }

  /** What an initiator with {@code x} gets out of a message_2 of {@code responder}. */
  Made opened(Bytes message1, Bytes message2, DhPrivateKey x, Credential responder)
      throws EdhocException {
    Message2 received = Message2.decode(message2, terms.suite());
    Th2 th2 = Th2.of(terms.kdf(), received.gY(), message1);
    Prk2e prk2e = Prk2e.of(terms.kdf(), th2, Terms.shared(x, terms.ephemeral(received.gY())));
    Optional<SecretBytes> gRX = terms.authenticator(Role.RESPONDER).verifier(responder).agree(x);
    Prk3e2m prk3e2m = gRX.map(prk2e::mixed).orElseGet(prk2e::carried);
    Bytes plaintext2 = prk2e.applyKeystream2(received.ciphertext2());
    return new Made(message2, prk3e2m, Th3.of(terms.kdf(), th2, plaintext2, responder.encoded()));
  }

  /** What a signature is made over: the Sig_structure of RFC 9528, Appendix C.3. */
  static Bytes signed(Statement statement, Bytes mac) {
    return new CborWriter()
        .array(4)
        .text("Signature1")
        .bytes(statement.protectedMap())
        .bytes(statement.externalAad())
        .bytes(mac)
        .toBytes();
  }

  /** PLAINTEXT_2 for who has one of the ephemeral keys. */
  Bytes plaintext2(Bytes message1, Bytes message2, DhPrivateKey x) throws EdhocException {
    Message2 received = Message2.decode(message2, terms.suite());
    try (Prk2e prk2e = prk2e(message1, received.gY(), x, received.gY())) {
      return prk2e.applyKeystream2(received.ciphertext2());
    }
  }

  /** A message_2 with any PLAINTEXT_2. */
  Bytes encrypted2(Bytes message1, DhPrivateKey y, Bytes plaintext2) throws EdhocException {
    Bytes gX = Message1.decode(message1).gX();
    try (Prk2e prk2e = prk2e(message1, y.publicKey(), y, gX)) {
      return new Message2(y.publicKey(), prk2e.applyKeystream2(plaintext2)).encoded();
    }
  }

  private Prk2e prk2e(Bytes message1, Bytes gY, DhPrivateKey own, Bytes peer)
      throws EdhocException {
    Th2 th2 = Th2.of(terms.kdf(), gY, message1);
    return Prk2e.of(terms.kdf(), th2, Terms.shared(own, terms.ephemeral(peer)));
  }

  /**
   * A message_3 behind a message_2 that the attacker made or opened.
   *
   * @param inPlaceOfGIY what is mixed in where the Initiator has a static key
   */
  Bytes message3(Made behind, Claim claim, Optional<SecretBytes> inPlaceOfGIY, Proof proof) {
    Prk3e2m prk3e2m = behind.prk3e2m();
    Prk4e3m prk4e3m =
        inPlaceOfGIY.map(secret -> prk3e2m.mixed(behind.th3(), secret)).orElseGet(prk3e2m::carried);
    Bytes idCred = claim.idCred().encoded();
    Statement statement =
        Statement.ofInitiator(
            idCred, behind.th3(), claim.credential().encoded(), claim.ead().encoded());
    SecretBytes mac3 = prk4e3m.mac3(statement, terms.authenticator(Role.INITIATOR).macOctets());
    Bytes plaintext3 = new Plaintext3(idCred, proof.of(statement, mac3), claim.ead()).encoded();
    return new Message3(
            prk3e2m
                .messageKey3(behind.th3(), terms.suite().aead())
                .seal(terms.primitives().symmetric(), behind.th3().value(), plaintext3))
        .encoded();
  }
}
