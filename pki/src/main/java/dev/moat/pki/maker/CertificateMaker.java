package dev.moat.pki.maker;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cose.CoseException;
import dev.moat.cose.key.PrivateKey;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.Curves;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * Makes X.509 certificates for tests (RFC 5280): small, with a common name and what the key may be
 * used for, and signed by a key that is just there. No authority for production.
 */
public final class CertificateMaker {
  private static final int SERIAL_OCTETS = 8;

  private final Curves curves;
  private final RandomSource random;

  /** Makes certificates with these. */
  public CertificateMaker(Curves curves, RandomSource random) {
    this.curves = curves;
    this.random = random;
  }

  /**
   * Who signs.
   *
   * @param name the issuer's name
   * @param key the key, which stays the caller's
   * @param keyIdentifier what its certificate calls the key (RFC 5280, Section 4.2.1.2); empty when
   *     it has no name for it
   */
  public record Issuer(X500Name name, PrivateKey key, Optional<Bytes> keyIdentifier) {
    /** The one whose certificate this is. */
    public static Issuer of(Bytes certificate, PrivateKey key) {
      Certificate own = Certificate.getInstance(certificate.toArray());
      return new Issuer(own.getSubject(), key, CertificateExtensions.keyIdentifier(own));
    }

    /** One that signs for itself. */
    public static Issuer self(String subject, PrivateKey key) {
      return new Issuer(commonName(subject), key, Optional.empty());
    }
  }

  /**
   * What a certificate is to say.
   *
   * @param subject the common name
   * @param key the public key
   * @param purpose what the key may be used for
   * @param from when its validity begins, in whole seconds
   * @param validity how long it lasts
   * @param tls what it says for TLS; empty for a certificate that only EDHOC reads, and that stays
   *     small
   */
  public record Content(
      String subject,
      PublicKey key,
      Purpose purpose,
      Instant from,
      Duration validity,
      Optional<TlsProfile> tls) {
    /** One for EDHOC. */
    public Content(
        String subject, PublicKey key, Purpose purpose, Instant from, Duration validity) {
      this(subject, key, purpose, from, validity, Optional.empty());
    }
  }

  /**
   * The certificate in DER.
   *
   * @throws CannotSignException when the issuer's key cannot sign
   */
  public Bytes make(Content content, Issuer issuer) throws CannotSignException {
    try (SigningKey signer = issuer.key().signing(curves)) {
      AlgorithmIdentifier algorithm = algorithm(signer.algorithm());
      TBSCertificate body = body(content, issuer, algorithm);
      Bytes signature = signer.sign(Bytes.owned(KeyEncoding.der(body)));
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(body);
      parts.add(algorithm);
      parts.add(new DERBitString(der(signer.algorithm(), signature)));
      return Bytes.owned(KeyEncoding.der(new DERSequence(parts)));
    } catch (CoseException e) {
      throw new CannotSignException(issuer.key().publicKey().curve());
    }
  }

  private TBSCertificate body(Content content, Issuer issuer, AlgorithmIdentifier algorithm) {
    V3TBSCertificateGenerator body = new V3TBSCertificateGenerator();
    byte[] serial = new byte[SERIAL_OCTETS];
    random.fill(serial);
    serial[0] = (byte) ((serial[0] & 0x3f) | 0x40); // positive, and of the same length always
    body.setSerialNumber(new ASN1Integer(new BigInteger(serial)));
    body.setSignature(algorithm);
    body.setIssuer(issuer.name());
    body.setSubject(commonName(content.subject()));
    body.setStartDate(new Time(Date.from(content.from())));
    body.setEndDate(new Time(Date.from(content.from().plus(content.validity()))));
    body.setSubjectPublicKeyInfo(KeyEncoding.publicKey(content.key()));
    body.setExtensions(CertificateExtensions.of(content, issuer));
    return body.generateTBSCertificate();
  }

  private static X500Name commonName(String subject) {
    return new X500NameBuilder().addRDN(BCStyle.CN, subject).build();
  }

  /** RFC 5758, Section 3.2, and RFC 8410, Section 3. */
  private static AlgorithmIdentifier algorithm(SignatureAlgorithm algorithm) {
    String oid =
        switch (algorithm) {
          case ES256 -> "1.2.840.10045.4.3.2";
          case ES384 -> "1.2.840.10045.4.3.3";
          case ED25519 -> "1.3.101.112";
          case ED448 -> "1.3.101.113";
        };
    return new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid));
  }

  /** ECDSA-Sig-Value where COSE has r and s behind each other (RFC 3279, Section 2.2.3). */
  private static byte[] der(SignatureAlgorithm algorithm, Bytes signature) {
    boolean ecdsa = algorithm == SignatureAlgorithm.ES256 || algorithm == SignatureAlgorithm.ES384;
    if (!ecdsa) {
      return signature.toArray();
    }
    int half = signature.length() / 2;
    ASN1EncodableVector numbers = new ASN1EncodableVector();
    numbers.add(number(signature.slice(0, half)));
    numbers.add(number(signature.slice(half, 2 * half)));
    return KeyEncoding.der(new DERSequence(numbers));
  }

  private static ASN1Integer number(Bytes octets) {
    return new ASN1Integer(new BigInteger(1, octets.toArray()));
  }
}
