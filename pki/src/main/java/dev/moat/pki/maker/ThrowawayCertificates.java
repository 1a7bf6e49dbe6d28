package dev.moat.pki.maker;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Curves;
import java.time.Duration;
import java.time.Instant;

/** Certificates that live as long as a demonstration. */
public final class ThrowawayCertificates {
  private static final Duration VALIDITY = Duration.ofHours(1);

  private final Curves curves;
  private final RandomSource random;

  /** Makes certificates with these. */
  public ThrowawayCertificates(Curves curves, RandomSource random) {
    this.curves = curves;
    this.random = random;
  }

  /** A self-signed certificate, in DER, for a key that signs. */
  public Bytes forSignatures(String subject, PrivateKey key, Instant now) {
    return make(subject, key, Purpose.SIGN, now, CertificateMaker.Issuer.self(subject, key));
  }

  /** A certificate, in DER, for a static Diffie-Hellman key, of an authority that is forgotten. */
  public Bytes forAgreement(String subject, PrivateKey key, Instant now) {
    try (PrivateKey authority = PrivateKey.generate(KeyCurve.P_256, curves, random)) {
      return make(
          subject, key, Purpose.DH, now, CertificateMaker.Issuer.self("demonstration", authority));
    }
  }

  private Bytes make(
      String subject,
      PrivateKey key,
      Purpose purpose,
      Instant now,
      CertificateMaker.Issuer issuer) {
    try {
      CertificateMaker.Content content =
          new CertificateMaker.Content(subject, key.publicKey(), purpose, now, VALIDITY);
      return new CertificateMaker(curves, random).make(content, issuer);
    } catch (CannotSignException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
