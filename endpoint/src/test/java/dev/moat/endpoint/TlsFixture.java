package dev.moat.endpoint;

import dev.moat.bytes.SecretBytes;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.KeyedCertificate;
import dev.moat.endpoint.credentials.PreSharedKey;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority, a server of localhost and a client that it vouches for, and a pre-shared key. */
final class TlsFixture {
  private static final GeneralNames LOCALHOST =
      new GeneralNames(
          new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1")
          });

  private final KeyPair authority = keys();
  private final X509Certificate anchor;
  private final KeyedCertificate server;
  private final KeyedCertificate client;

  TlsFixture() {
    anchor = certificate("CN=authority", authority, Optional.empty(), true);
    server = endEntity("CN=server", Optional.of(LOCALHOST));
    client = endEntity("CN=phone", Optional.empty());
  }

  /** Of a server that knows its clients by certificates or by a pre-shared key. */
  Credentials server() {
    return Credentials.builder()
        .certificate(server)
        .trust(anchor)
        .accept(preSharedKey("0123456789abcdef"))
        .build();
  }

  /** Of a client with a certificate. */
  Credentials client() {
    return Credentials.builder().certificate(client).trust(anchor).build();
  }

  /** Of a client that shows nothing. */
  Credentials trusting() {
    return Credentials.builder().trust(anchor).build();
  }

  /** Of a client with a pre-shared key. */
  static Credentials sharing(String key) {
    return Credentials.builder().preSharedKey(preSharedKey(key)).build();
  }

  private static PreSharedKey preSharedKey(String key) {
    return new PreSharedKey("phone", SecretBytes.copyOf(key.getBytes(StandardCharsets.US_ASCII)));
  }

  private KeyedCertificate endEntity(String name, Optional<GeneralNames> names) {
    KeyPair keys = keys();
    return new KeyedCertificate(keys.getPrivate(), List.of(certificate(name, keys, names, false)));
  }

  private X509Certificate certificate(
      String name, KeyPair keys, Optional<GeneralNames> names, boolean signs) {
    Instant now = Instant.now();
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              new X500Name("CN=authority"),
              BigInteger.valueOf(System.nanoTime()),
              Date.from(now.minus(Duration.ofHours(1))),
              Date.from(now.plus(Duration.ofHours(1))),
              new X500Name(name),
              SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(signs));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(signs ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
      if (names.isPresent()) {
        builder.addExtension(Extension.subjectAlternativeName, false, names.get());
      }
      byte[] encoded =
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate()))
              .getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
