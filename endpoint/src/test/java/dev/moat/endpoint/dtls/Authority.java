package dev.moat.endpoint.dtls;

import dev.moat.endpoint.credentials.KeyedCertificate;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority of the tests, perhaps below another. */
public final class Authority {
  private static final Instant NOW = Instant.now();
  private static long serial;

  private final String name;
  private final KeyPair keys = keys();
  private final X509Certificate certificate;
  private final List<X509Certificate> below;

  private Authority(String name, List<X509Certificate> below, Authority issuer, boolean mayVouch) {
    this.name = name;
    this.below = below;
    Authority signer = issuer == null ? this : issuer;
    this.certificate =
        sign(
            new Wish(
                name,
                keys,
                List.of(),
                NOW.minus(1, ChronoUnit.DAYS),
                NOW.plus(90, ChronoUnit.DAYS)),
            signer.name,
            signer.keys,
            mayVouch);
  }

  public static Authority named(String name) {
    return new Authority(name, List.of(), null, true);
  }

  /** Somebody whose certificate is no authority's, and who signs others all the same. */
  public static Authority presumptuous(String name) {
    return new Authority(name, List.of(), null, false);
  }

  /** An authority that this one vouches for. */
  public Authority sub(String subName) {
    Authority made = new Authority(subName, new ArrayList<>(), this, true);
    made.below.add(made.certificate);
    return made;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** A certificate that is valid now, for these DNS names and IP addresses. */
  public KeyedCertificate issue(String subject, GeneralName... names) {
    return issue(subject, NOW.minus(1, ChronoUnit.DAYS), NOW.plus(30, ChronoUnit.DAYS), names);
  }

  KeyedCertificate expired(String subject, GeneralName... names) {
    return issue(subject, NOW.minus(30, ChronoUnit.DAYS), NOW.minus(2, ChronoUnit.DAYS), names);
  }

  static KeyedCertificate selfSigned(String subject, GeneralName... names) {
    KeyPair own = keys();
    Wish wish =
        new Wish(
            subject,
            own,
            List.of(names),
            NOW.minus(1, ChronoUnit.DAYS),
            NOW.plus(1, ChronoUnit.DAYS));
    return new KeyedCertificate(own.getPrivate(), List.of(sign(wish, subject, own, false)));
  }

  public static GeneralName dns(String host) {
    return new GeneralName(GeneralName.dNSName, host);
  }

  public static GeneralName ip(String address) {
    return new GeneralName(GeneralName.iPAddress, address);
  }

  static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private KeyedCertificate issue(String subject, Instant from, Instant to, GeneralName... names) {
    KeyPair own = keys();
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(sign(new Wish(subject, own, List.of(names), from, to), name, keys, false));
    chain.addAll(below);
    return new KeyedCertificate(own.getPrivate(), chain);
  }

  private static synchronized X509Certificate sign(
      Wish wish, String issuer, KeyPair signer, boolean authority) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              new X500Name("CN=" + issuer),
              BigInteger.valueOf(++serial),
              Date.from(wish.from),
              Date.from(wish.to),
              new X500Name("CN=" + wish.subject),
              SubjectPublicKeyInfo.getInstance(wish.keys.getPublic().getEncoded()));
      extend(builder, wish, authority);
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static void extend(X509v3CertificateBuilder builder, Wish wish, boolean authority)
      throws CertIOException {
    if (authority) {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      return;
    }
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
    if (!wish.names.isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(wish.names.toArray(GeneralName[]::new)));
    }
  }

  private record Wish(
      String subject, KeyPair keys, List<GeneralName> names, Instant from, Instant to) {}
}
