package dev.moat.pki;

import dev.moat.bytes.Bytes;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates and revocation lists; keys are random, and nothing depends on them. */
final class TestAuthority {
  static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  static final Instant END = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant NOW = Instant.parse("2025-06-01T00:00:00Z");

  private static long serial = 1;

  private final X500Name name;
  private final KeyPair keys = keys("Ed25519");
  private final Bytes certificate;

  private TestAuthority(String name, TestAuthority issuer, boolean isAuthority) {
    this.name = new X500Name("CN=" + name);
    TestAuthority signer = issuer == null ? this : issuer;
    int usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
    this.certificate = signer.sign(this.name, keys.getPublic(), usage, isAuthority);
  }

  static TestAuthority root(String name) {
    return new TestAuthority(name, null, true);
  }

  TestAuthority below(String subject) {
    return new TestAuthority(subject, this, true);
  }

  /** One that signs certificates, though nobody made it an authority. */
  TestAuthority pretender(String subject) {
    return new TestAuthority(subject, this, false);
  }

  Bytes certificate() {
    return certificate;
  }

  /** An end entity with a fresh key of this kind; without key usage when that is 0. */
  Bytes issue(String subject, String keyAlgorithm, int usage) {
    return sign(new X500Name("CN=" + subject), keys(keyAlgorithm).getPublic(), usage, false);
  }

  static BigInteger lastSerial() {
    return BigInteger.valueOf(serial - 1);
  }

  Bytes revocationList(Instant nextUpdate, BigInteger... revoked) {
    try {
      X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(START));
      builder.setNextUpdate(Date.from(nextUpdate));
      for (BigInteger number : revoked) {
        builder.addCRLEntry(number, Date.from(START), CRLReason.keyCompromise);
      }
      return Bytes.owned(builder.build(signer()).getEncoded());
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Bytes sign(
      X500Name subject, java.security.PublicKey key, int usage, boolean isAuthority) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name, BigInteger.valueOf(serial++), Date.from(START), Date.from(END), subject, key);
      if (isAuthority) {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      }
      if (usage != 0) {
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      }
      return Bytes.owned(builder.build(signer()).getEncoded());
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private ContentSigner signer() throws Exception {
    return new JcaContentSignerBuilder("Ed25519").build(keys.getPrivate());
  }

  private static KeyPair keys(String algorithm) {
    try {
      boolean isCurve = algorithm.startsWith("secp");
      KeyPairGenerator generator = KeyPairGenerator.getInstance(isCurve ? "EC" : algorithm);
      if (isCurve) {
        generator.initialize(new java.security.spec.ECGenParameterSpec(algorithm));
      }
      return generator.generateKeyPair();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
