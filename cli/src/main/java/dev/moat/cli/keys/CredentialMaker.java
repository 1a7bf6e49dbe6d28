package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cbor.CborException;
import dev.moat.cli.edn.CborItems;
import dev.moat.cli.edn.Item;
import dev.moat.cli.edn.Table;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.PrivateKey;
import dev.moat.pki.maker.CannotSignException;
import dev.moat.pki.maker.CertificateMaker;
import dev.moat.pki.maker.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the entries of credentials files. */
final class CredentialMaker {
  private static final String OWN_CRED = "own-cred";
  private static final String OWN_CRED_STYLE = "own-cred-style";
  private static final String BY_KEY_ID = "by-key-id";
  private static final String PEER_CRED = "peer-cred";
  private static final String PEER_CRED_USE = "peer-cred-use";
  private static final String TRUST_ANCHORS = "trust-anchors";

  /** Clocks differ: what was made just now shall be valid on a peer that is late. */
  private static final Duration LATE_CLOCKS = Duration.ofMinutes(5);

  private final CertificateMaker certificates;
  private final String subject;
  private final Instant now;

  /** Makes credentials of {@code subject}. */
  CredentialMaker(CertificateMaker certificates, String subject, Instant now) {
    this.certificates = certificates;
    this.subject = subject;
    this.now = now;
  }

  /**
   * What was made.
   *
   * @param secret the entry for the owner
   * @param open the entry for the peers; empty when there is nothing that they may have
   */
  record Made(Table secret, Optional<Table> open) {}

  /** A raw public key in a claims set, sent as its key identifier. */
  Made claims(PrivateKey key, Bytes kid, Purpose purpose) {
    Credential claims = Credential.ccsOf(subject, key.publicKey().withKid(kid));
    Item value = item(IdCred.kccs(claims.encoded()).encoded());
    Table own = own(value, key, purpose).with(OWN_CRED_STYLE, Item.of(BY_KEY_ID));
    return new Made(edhoc(own), Optional.of(peer(value, purpose)));
  }

  /** A certificate that only names its own key as the one that vouches; sent as its hash. */
  Made selfSigned(PrivateKey key, Purpose purpose, Duration validity) throws KeyFormatException {
    Item value = chain(make(key, purpose, validity, CertificateMaker.Issuer.self(subject, key)));
    Table own = own(value, key, purpose).with(OWN_CRED_STYLE, Item.of(BY_KEY_ID));
    return new Made(edhoc(own), Optional.of(peer(value, purpose)));
  }

  /** A certificate of an authority, sent as it is; peers of the same authority are accepted. */
  Made certified(PrivateKey key, Purpose purpose, Duration validity, Authority authority)
      throws KeyFormatException {
    Item value = chain(make(key, purpose, validity, authority.issuer()));
    Table own =
        own(value, key, purpose)
            .with(OWN_CRED_STYLE, Item.of("by-value"))
            .with(TRUST_ANCHORS, anchors(authority.certificate()));
    return new Made(edhoc(own), Optional.of(peer(value, purpose)));
  }

  /** An authority for tests. */
  Made authority(PrivateKey key, Duration validity) throws KeyFormatException {
    Bytes root = make(key, Purpose.CERTIFY, validity, CertificateMaker.Issuer.self(subject, key));
    Table ca =
        Table.empty()
            .with(Authority.CERTIFICATE, Item.of(root))
            .with(CredentialEntries.PRIVATE_KEY, CoseKeyItems.bare(key));
    Table open = edhoc(Table.empty().with(TRUST_ANCHORS, anchors(root)));
    return new Made(Table.empty().with(CredentialEntries.CA, ca), Optional.of(open));
  }

  /** A key that both sides have, with what they call each other. */
  Made shared(SecretBytes key, Bytes kid, List<String> initiatorAndResponder) {
    Table psk =
        Table.empty()
            .with("kid", Item.of(kid))
            .with(CredentialEntries.KEY, CoseKeyItems.octets(key))
            .with("initiator", Item.of(initiatorAndResponder.get(0)))
            .with("responder", Item.of(initiatorAndResponder.get(1)));
    return new Made(edhoc(Table.empty().with(CredentialEntries.PSK, psk)), Optional.empty());
  }

  private Bytes make(
      PrivateKey key, Purpose purpose, Duration validity, CertificateMaker.Issuer issuer)
      throws KeyFormatException {
    Instant from = now.minus(LATE_CLOCKS);
    try {
      return certificates.make(
          new CertificateMaker.Content(
              subject, key.publicKey(), purpose, from, validity.plus(LATE_CLOCKS)),
          issuer);
    } catch (CannotSignException e) {
      throw KeyFormatException.of(e);
    }
  }

  private static Table own(Item credential, PrivateKey key, Purpose purpose) {
    return Table.empty()
        .with(OWN_CRED, credential)
        .with("own-cred-use", Item.of(Purposes.words(purpose)))
        .with(CredentialEntries.PRIVATE_KEY, CoseKeyItems.bare(key));
  }

  private static Table peer(Item credential, Purpose purpose) {
    return edhoc(
        Table.empty()
            .with(PEER_CRED, credential)
            .with(PEER_CRED_USE, Item.of(Purposes.words(purpose))));
  }

  private static Item chain(Bytes certificate) {
    return item(IdCred.x5chain(List.of(certificate)).encoded());
  }

  private static Item anchors(Bytes certificate) {
    return Item.of(List.of(Item.of(certificate)));
  }

  private static Table edhoc(Table content) {
    return Table.empty().with(CredentialEntries.EDHOC, content);
  }

  private static Item item(Bytes encoded) {
    try {
      return CborItems.read(encoded);
    } catch (CborException e) {
      throw new IllegalStateException(e);
    }
  }
}
