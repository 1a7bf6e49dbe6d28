package dev.moat.cost.tls;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Curves;
import dev.moat.endpoint.credentials.KeyedCertificate;
import dev.moat.pki.maker.CannotSignException;
import dev.moat.pki.maker.CertificateMaker;
import dev.moat.pki.maker.CertificateMaker.Content;
import dev.moat.pki.maker.CertificateMaker.Issuer;
import dev.moat.pki.maker.KeyEncoding;
import dev.moat.pki.maker.Purpose;
import dev.moat.pki.maker.TlsProfile;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An authority of one measurement, on P-256: both sides trust it, so that each sends one
 * certificate and no other.
 */
final class BenchAuthority implements AutoCloseable {
  /** What the server is called: an address, so that no name has to be sent. */
  static final String HOST = "127.0.0.1";

  private static final Duration LATE_CLOCKS = Duration.ofMinutes(5);
  private static final Duration VALIDITY = Duration.ofHours(1);
  private static final String NAME = "bench";

  private final Curves curves;
  private final RandomSource random;
  private final Instant from;
  private final PrivateKey key;
  private final Bytes root;

  BenchAuthority(Curves curves, RandomSource random, Instant now) {
    this.curves = curves;
    this.random = random;
    this.from = now.minus(LATE_CLOCKS);
    this.key = PrivateKey.generate(KeyCurve.P_256, curves, random);
    this.root = make(NAME, key, Purpose.CERTIFY, TlsProfile.authority(), Issuer.self(NAME, key));
  }

  /** Its own certificate. */
  X509Certificate certificate() {
    return certificate(root);
  }

  /** A server of {@link #HOST}. */
  KeyedCertificate server() {
    return issue("server", TlsProfile.server(List.of(HOST)));
  }

  /** A client. */
  KeyedCertificate client() {
    return issue("client", TlsProfile.client());
  }

  private KeyedCertificate issue(String subject, TlsProfile profile) {
    try (PrivateKey own = PrivateKey.generate(KeyCurve.P_256, curves, random)) {
      Bytes made = make(subject, own, Purpose.SIGN, profile, Issuer.of(root, key));
      return new KeyedCertificate(keys(own).getPrivate(), List.of(certificate(made)));
    }
  }

  private Bytes make(
      String subject, PrivateKey own, Purpose purpose, TlsProfile profile, Issuer issuer) {
    try {
      return new CertificateMaker(curves, random)
          .make(
              new Content(subject, own.publicKey(), purpose, from, VALIDITY, Optional.of(profile)),
              issuer);
    } catch (CannotSignException impossible) {
      throw new IllegalStateException("keys of P-256 sign", impossible);
    }
  }

  /** A fresh pair without certificate, as the platform has it. */
  KeyPair rawKey() {
    try (PrivateKey own = PrivateKey.generate(KeyCurve.P_256, curves, random)) {
      return keys(own);
    }
  }

  private static KeyPair keys(PrivateKey own) {
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      return new KeyPair(
          factory.generatePublic(
              new X509EncodedKeySpec(KeyEncoding.encoded(own.publicKey()).toArray())),
          factory.generatePrivate(new PKCS8EncodedKeySpec(KeyEncoding.privateKey(own).toArray())));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has P-256", impossible);
    }
  }

  private static X509Certificate certificate(Bytes der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der.toArray()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a fresh certificate is refused", impossible);
    }
  }

  @Override
  public void close() {
    key.close();
  }
}
