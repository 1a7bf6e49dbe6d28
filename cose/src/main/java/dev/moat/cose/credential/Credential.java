package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.cose.LabelledMap;
import dev.moat.cose.Sign1;
import dev.moat.cose.key.KeyUse;
import dev.moat.cose.key.PublicKey;
import dev.moat.cose.key.UsableKey;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.VerificationKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An authentication credential (RFC 9528, Section 3.5.2): a public key with whom it belongs to.
 * Well-formed, but not yet trusted. Immutable; two with the same octets are equal.
 */
public final class Credential {
  /** The longest credential, in octets. */
  public static final int MAX_OCTETS = 8192;

  /** The longest chain of certificates. */
  public static final int MAX_CHAIN = 6;

  private final CredentialType type;
  private final Bytes encoded;
  private final PublicKey key;
  private final Set<KeyUse> uses;
  private final Optional<String> subject;
  private final List<Bytes> chain;

  private final AtomicReference<@Nullable Prepared<VerificationKey>> verification =
      new AtomicReference<>();
  private final AtomicReference<@Nullable Prepared<DhPublicKey>> agreement =
      new AtomicReference<>();

  private Credential(
      CredentialType type,
      Bytes encoded,
      UsableKey key,
      Optional<String> subject,
      List<Bytes> chain) {
    this.type = type;
    this.encoded = encoded;
    this.key = key.key();
    this.uses = key.uses();
    this.subject = subject;
    this.chain = chain;
  }

  /**
   * A CWT Claims Set with a public COSE_Key in its cnf claim, in deterministic CBOR.
   *
   * @throws CoseException with MALFORMED_CBOR, BAD_CREDENTIAL, NO_KEY, CREDENTIAL_TOO_LARGE or a
   *     reason of {@link PublicKey#decode}
   */
  public static Credential ccs(Bytes claims) throws CoseException {
    requireLength(claims);
    LabelledMap map = Claims.read(claims);
    return new Credential(
        CredentialType.CCS, claims.compact(), Claims.key(map), Claims.subject(map), List.of());
  }

  /**
   * A claims set for a key, with the key's identifier in it when it has one.
   *
   * @param subject whom the key belongs to
   */
  public static Credential ccsOf(String subject, PublicKey key) {
    Bytes claims =
        new CborWriter()
            .map(
                map ->
                    map.put(Claims.SUB, item -> item.text(subject))
                        .put(
                            Claims.CNF,
                            item ->
                                item.map(
                                    cnf ->
                                        cnf.put(
                                            Claims.COSE_KEY,
                                            value -> value.encoded(key.encode())))))
            .toBytes();
    return new Credential(
        CredentialType.CCS, claims, UsableKey.of(key), Optional.of(subject), List.of());
  }

  /**
   * A CWT that is signed: a COSE_Sign1, tagged or not, about a public key in its cnf claim. The
   * signature is not verified here: that is the business of {@link IssuedTokens}.
   *
   * @throws CoseException with the reasons of {@link #ccs} and of {@link Sign1#decode}
   */
  public static Credential cwt(Bytes cwt) throws CoseException {
    requireLength(cwt);
    Sign1 token = Token.signed(cwt);
    LabelledMap claims = Claims.read(token.payload());
    return new Credential(
        CredentialType.CWT,
        token.encodeUntagged(),
        Claims.key(claims),
        Claims.subject(claims),
        List.of());
  }

  /**
   * An X.509 certificate without others.
   *
   * @see #x509Chain
   */
  public static Credential x509(Bytes der) throws CoseException {
    return x509Chain(List.of(der));
  }

  /**
   * An X.509 certificate with those that lead to a trust anchor. Only the end entity's is read
   * here, as far as its key and subject.
   *
   * @param der one to {@link #MAX_CHAIN} certificates, the end entity's first
   * @throws CoseException with BAD_CREDENTIAL, UNKNOWN_CURVE, BAD_PUBLIC_KEY, NOT_ON_CURVE or
   *     CREDENTIAL_TOO_LARGE
   */
  public static Credential x509Chain(List<Bytes> der) throws CoseException {
    if (der.isEmpty()) {
      throw new CoseException(Reason.BAD_CREDENTIAL);
    }
    if (der.size() > MAX_CHAIN) {
      throw new CoseException(Reason.CREDENTIAL_TOO_LARGE);
    }
    for (Bytes certificate : der) {
      requireLength(certificate);
    }
    CertificateFields fields = CertificateFields.read(der.get(0));
    return new Credential(
        CredentialType.X509,
        new CborWriter().bytes(der.get(0)).toBytes(),
        fields.key(),
        fields.commonName(),
        der.stream().map(Bytes::compact).toList());
  }

  /**
   * A C509 certificate that the application has parsed and judged.
   *
   * @param c509 the certificate, one CBOR item or sequence, used as it is
   * @param key the public key in it
   * @throws CoseException with CREDENTIAL_TOO_LARGE
   */
  public static Credential c509(Bytes c509, PublicKey key) throws CoseException {
    requireLength(c509);
    return new Credential(
        CredentialType.C509, c509.compact(), UsableKey.of(key), Optional.empty(), List.of());
  }

  /** The type. */
  public CredentialType type() {
    return type;
  }

  /**
   * CRED_x, as the key schedule takes it (RFC 9528, Section 3.5.2): the claims set or the C509
   * certificate exactly as given, the CWT without its tags, or a byte string with the X.509
   * certificate.
   */
  public Bytes encoded() {
    return encoded;
  }

  /** The public key. */
  public PublicKey key() {
    return key;
  }

  /**
   * True when the key may be used in this way: its curve can do it, and neither the alg and key_ops
   * of a COSE_Key (RFC 9052, Section 7.1) nor the key usage of a certificate (RFC 5280, Section
   * 4.2.1.3) is against it. A certificate without that extension permits what the curve can.
   */
  public boolean permits(KeyUse use) {
    return uses.contains(use);
  }

  /**
   * The key, prepared to verify signatures. Checking a key costs as much as using it, so it is done
   * once for each {@code curves} that is used in turn.
   *
   * @throws CoseException as {@link PublicKey#verification}
   */
  public VerificationKey verification(Curves curves) throws CoseException {
    Prepared<VerificationKey> known = verification.get();
    if (known != null && known.curves() == curves) {
      return known.key();
    }
    VerificationKey fresh = key.verification(curves);
    verification.set(new Prepared<>(curves, fresh));
    return fresh;
  }

  /**
   * The key, prepared for key agreement, once as {@link #verification} says.
   *
   * @throws CoseException as {@link PublicKey#agreement}
   */
  public DhPublicKey agreement(Curves curves) throws CoseException {
    Prepared<DhPublicKey> known = agreement.get();
    if (known != null && known.curves() == curves) {
      return known.key();
    }
    DhPublicKey fresh = key.agreement(curves);
    agreement.set(new Prepared<>(curves, fresh));
    return fresh;
  }

  /** Whom it belongs to: the sub claim, or the common name of the subject. */
  public Optional<String> subject() {
    return subject;
  }

  /** The key identifier in the COSE_Key. */
  public Optional<Bytes> kid() {
    return key.kid();
  }

  /** The certificates in DER, the end entity's first; empty when this is none of X.509. */
  public List<Bytes> chain() {
    return chain;
  }

  /** What hashes of certificates are taken over (RFC 9360, Section 2). */
  Bytes certificate() {
    return chain.isEmpty() ? encoded : chain.get(0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Credential that && type == that.type && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  /** Type, subject and key identifier. */
  @Override
  public String toString() {
    return "Credential[%s, subject=%s, kid=%s]"
        .formatted(type, subject.orElse("none"), kid().map(Bytes::toHex).orElse("none"));
  }

  private static void requireLength(Bytes credential) throws CoseException {
    if (credential.length() > MAX_OCTETS) {
      throw new CoseException(Reason.CREDENTIAL_TOO_LARGE);
    }
  }

  /** A key that was checked, and by whom. */
  private record Prepared<T>(Curves curves, T key) {}
}
