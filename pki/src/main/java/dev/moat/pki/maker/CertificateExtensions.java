package dev.moat.pki.maker;

import dev.moat.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** The extensions of certificates for tests (RFC 5280, Section 4.2). */
final class CertificateExtensions {
  private static final int KEY_IDENTIFIER_OCTETS = 20;

  private final ExtensionsGenerator extensions = new ExtensionsGenerator();

  private CertificateExtensions() {}

  /** Those of one that {@code issuer} signs. */
  static Extensions of(CertificateMaker.Content content, CertificateMaker.Issuer issuer) {
    CertificateExtensions all = new CertificateExtensions();
    all.purpose(content.purpose());
    content.tls().ifPresent(profile -> all.tls(profile, content, issuer));
    return all.extensions.generate();
  }

  /** What a certificate calls its own key. */
  static Optional<Bytes> keyIdentifier(Certificate certificate) {
    Extensions own = certificate.getTBSCertificate().getExtensions();
    return Optional.ofNullable(own == null ? null : SubjectKeyIdentifier.fromExtensions(own))
        .map(identifier -> Bytes.copyOf(identifier.getKeyIdentifier()));
  }

  /** RFC 5280, Sections 4.2.1.3 and 4.2.1.9; with static Diffie-Hellman RFC 9528, 3.5.3. */
  private void purpose(Purpose purpose) {
    int usage =
        switch (purpose) {
          case SIGN -> KeyUsage.digitalSignature;
          case DH -> KeyUsage.keyAgreement;
          case CERTIFY -> KeyUsage.keyCertSign | KeyUsage.cRLSign;
        };
    if (purpose == Purpose.CERTIFY) {
      add(Extension.basicConstraints, true, new BasicConstraints(true));
    }
    add(Extension.keyUsage, true, new KeyUsage(usage));
  }

  private void tls(
      TlsProfile profile, CertificateMaker.Content content, CertificateMaker.Issuer issuer) {
    add(Extension.subjectKeyIdentifier, false, identifier(content));
    issuer
        .keyIdentifier()
        .ifPresent(
            id ->
                add(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(id.toArray())));
    switch (profile.role()) {
      case AUTHORITY -> {}
      case SERVER -> {
        add(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        add(Extension.subjectAlternativeName, false, names(profile.hosts()));
      }
      case CLIENT ->
          add(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
    }
  }

  /** RFC 7093, Section 2, method 1. */
  private static SubjectKeyIdentifier identifier(CertificateMaker.Content content) {
    try {
      byte[] key = KeyEncoding.publicKey(content.key()).getPublicKeyData().getOctets();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
      return new SubjectKeyIdentifier(Arrays.copyOf(hash, KEY_IDENTIFIER_OCTETS));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java platform has SHA-256", absent);
    }
  }

  /** RFC 5280, Section 4.2.1.6: an address is an iPAddress, never a dNSName. */
  private static GeneralNames names(List<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .map(
                host ->
                    new GeneralName(
                        Hosts.isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
            .toArray(GeneralName[]::new));
  }

  private void add(ASN1ObjectIdentifier name, boolean critical, ASN1Encodable value) {
    try {
      extensions.addExtension(name, critical, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
