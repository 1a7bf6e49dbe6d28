package dev.moat.conformance.interop.transport;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates on P-256, which every stack here knows (RFC 7252, Section 9.1.3.3). */
final class Authority {
  private static final AtomicLong SERIAL = new AtomicLong(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final X500Name name;
  private final KeyPair keys = freshKeys();
  private final X509Certificate certificate;

  Authority(String name) {
    this.name = new X500Name("CN=" + name);
    certificate = sign(this.name, keys, DAY, new BasicConstraints(true), new GeneralName[0]);
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** Somebody whose certificate is valid now, for these DNS names and IP addresses. */
  Person issue(String subject, String... hosts) {
    return issue(subject, DAY, hosts);
  }

  /** Somebody whose certificate was valid until yesterday. */
  Person issueExpired(String subject, String... hosts) {
    return issue(subject, DAY.negated(), hosts);
  }

  /** Somebody who vouches for himself. */
  static Person selfSigned(String subject, String... hosts) {
    Authority self = new Authority(subject);
    X509Certificate own =
        self.sign(self.name, self.keys, DAY, new BasicConstraints(false), names(hosts));
    return new Person(self.keys, own);
  }

  private Person issue(String subject, Duration validFor, String... hosts) {
    KeyPair own = freshKeys();
    X500Name named = new X500Name("CN=" + subject);
    return new Person(own, sign(named, own, validFor, new BasicConstraints(false), names(hosts)));
  }

  private X509Certificate sign(
      X500Name subject,
      KeyPair subjectKeys,
      Duration validFor,
      BasicConstraints constraints,
      GeneralName[] names) {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(SERIAL.getAndIncrement()),
            Date.from(now.minus(DAY.multipliedBy(2))),
            Date.from(now.plus(validFor)),
            subject,
            subjectKeys.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, constraints);
      int usage = constraints.isCA() ? KeyUsage.keyCertSign : KeyUsage.digitalSignature;
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      if (names.length > 0) {
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static GeneralName[] names(String... hosts) {
    GeneralName[] names = new GeneralName[hosts.length];
    for (int i = 0; i < hosts.length; i++) {
      boolean isAddress = Character.isDigit(hosts[i].charAt(0));
      names[i] = new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, hosts[i]);
    }
    return names;
  }

  static KeyPair freshKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
