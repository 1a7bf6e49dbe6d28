package dev.moat.endpoint.stream;

import dev.moat.endpoint.credentials.KeyedCertificate;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests: P-256 and ECDSA with SHA-256 (RFC 7252, Section 9.1.3.3). */
final class Authority {
  private static final Duration DAY = Duration.ofDays(1);

  private final X500Name name;
  private final KeyPair keys = newKeys();
  private final X509Certificate certificate;

  Authority(String commonName) {
    name = new X500Name("CN=" + commonName);
    Instant now = Instant.now();
    certificate = new Wanted(name, now.minus(DAY), now.plus(DAY)).sign(name, keys, keys, true);
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** For the names and addresses; each address must look like one. */
  KeyedCertificate issue(String commonName, String... hosts) {
    Instant now = Instant.now();
    return issue(
        new Wanted(new X500Name("CN=" + commonName), now.minus(DAY), now.plus(DAY), hosts));
  }

  KeyedCertificate issue(Wanted wanted) {
    KeyPair own = newKeys();
    return new KeyedCertificate(own.getPrivate(), List.of(wanted.sign(name, keys, own, false)));
  }

  /** By nobody but itself. */
  static KeyedCertificate selfSigned(String commonName, String... hosts) {
    KeyPair own = newKeys();
    Instant now = Instant.now();
    X500Name subject = new X500Name("CN=" + commonName);
    Wanted wanted = new Wanted(subject, now.minus(DAY), now.plus(DAY), hosts);
    return new KeyedCertificate(own.getPrivate(), List.of(wanted.sign(subject, own, own, false)));
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException unavailable) {
      throw new IllegalStateException(unavailable);
    }
  }

  /** What is to be in a certificate. */
  static final class Wanted {
    private final X500Name subject;
    private final Instant from;
    private final Instant until;
    private final String[] hosts;
    private KeyPurposeId[] purposes = {
      KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
    };

    Wanted(X500Name subject, Instant from, Instant until, String... hosts) {
      this.subject = subject;
      this.from = from;
      this.until = until;
      this.hosts = hosts;
    }

    Wanted only(KeyPurposeId purpose) {
      purposes = new KeyPurposeId[] {purpose};
      return this;
    }

    private X509Certificate sign(X500Name issuer, KeyPair signer, KeyPair own, boolean authority) {
      try {
        X509v3CertificateBuilder builder =
            new X509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(from),
                Date.from(until),
                subject,
                SubjectPublicKeyInfo.getInstance(own.getPublic().getEncoded()));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!authority) {
          builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        }
        if (hosts.length > 0) {
          builder.addExtension(Extension.subjectAlternativeName, false, names());
        }
        byte[] der =
            builder
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))
                .getEncoded();
        return (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }

    private GeneralNames names() {
      GeneralName[] all = new GeneralName[hosts.length];
      for (int i = 0; i < all.length; i++) {
        boolean address = hosts[i].matches("[0-9.]+") || hosts[i].contains(":");
        all[i] = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, hosts[i]);
      }
      return new GeneralNames(all);
    }
  }
}
