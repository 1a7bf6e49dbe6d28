package dev.moat.foe.relay;

import dev.moat.bytes.RandomSource;
import dev.moat.endpoint.credentials.KeyedCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** An authority for the ends of the lab, whose key lives as long as the process (RFC 5280). */
final class LabAuthority {
  /** The system's randomness: these keys are none of a run's, so no seed leads to them. */
  static final RandomSource RANDOM = new SecureRandom()::nextBytes;

  private static final X500Name NAME = new X500Name("CN=Moat lab");
  private static final Duration EARLIER = Duration.ofHours(1);
  private static final Duration VALIDITY = Duration.ofDays(1);
  private static final int SERIAL_BITS = 64;
  // RFC 5758, Section 3.2.
  private static final AlgorithmIdentifier ECDSA_WITH_SHA256 =
      new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.10045.4.3.2"));

  private final KeyPair keys;
  private final X509Certificate certificate;

  private LabAuthority() throws GeneralSecurityException, IOException {
    keys = pair();
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    certificate = certificate(NAME, keys, extensions.generate());
  }

  /** A new one. */
  static LabAuthority make() {
    try {
      return new LabAuthority();
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("every Java platform signs by ECDSA on P-256", impossible);
    }
  }

  /** Its own certificate. */
  X509Certificate certificate() {
    return certificate;
  }

  /** A key and a certificate for a host or a client. */
  KeyedCertificate certify(String name, boolean server) {
    try {
      KeyPair pair = pair();
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      KeyPurposeId purpose = server ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth;
      extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      extensions.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      extensions.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
      X509Certificate signed = certificate(new X500Name("CN=" + name), pair, extensions.generate());
      return new KeyedCertificate(pair.getPrivate(), List.of(signed));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform signs by ECDSA on P-256", impossible);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private X509Certificate certificate(X500Name subject, KeyPair pair, Extensions extensions)
      throws GeneralSecurityException, IOException {
    V3TBSCertificateGenerator body = new V3TBSCertificateGenerator();
    Instant now = Instant.now();
    body.setSerialNumber(
        new ASN1Integer(new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE)));
    body.setSignature(ECDSA_WITH_SHA256);
    body.setIssuer(NAME);
    body.setSubject(subject);
    body.setStartDate(new Time(Date.from(now.minus(EARLIER))));
    body.setEndDate(new Time(Date.from(now.plus(VALIDITY))));
    body.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    body.setExtensions(extensions);
    return signed(body.generateTBSCertificate(), keys.getPrivate());
  }

  private static X509Certificate signed(TBSCertificate body, PrivateKey key)
      throws GeneralSecurityException, IOException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(body.getEncoded(ASN1Encoding.DER));
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(body);
    parts.add(ECDSA_WITH_SHA256);
    parts.add(new DERBitString(signature.sign()));
    byte[] der = new DERSequence(parts).getEncoded(ASN1Encoding.DER);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
