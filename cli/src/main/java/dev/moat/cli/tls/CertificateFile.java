package dev.moat.cli.tls;

import dev.moat.bytes.Bytes;
import dev.moat.cli.file.Place;
import dev.moat.cli.file.SecretFile;
import dev.moat.cli.keys.KeyFormatException;
import dev.moat.cli.keys.Pem;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a file has of certificates and a private key: PEM blocks in any order, or one of the two in
 * DER.
 *
 * @param file the file
 * @param certificates in the order of the file
 * @param key the first private key
 */
record CertificateFile(Path file, List<X509Certificate> certificates, Optional<PrivateKey> key) {
  private static final Set<String> KEYS =
      Set.of("PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY");
  private static final Set<String> CERTIFICATES = Set.of("CERTIFICATE", "X509 CERTIFICATE");
  private static final int DER_SEQUENCE = 0x30;

  /** Keeps a copy. */
  CertificateFile {
    certificates = List.copyOf(certificates);
  }

  /**
   * Reads the file.
   *
   * @param insecureMode true to accept a private key in a file that other users may read
   * @throws dev.moat.cli.console.Failure when it cannot be read, or has a private key that others
   *     may read
   */
  static CertificateFile read(Path file, boolean insecureMode) {
    Bytes content = SecretFile.publicOctets(file);
    try {
      CertificateFile read =
          !content.isEmpty() && content.at(0) == DER_SEQUENCE
              ? ofDer(file, content)
              : ofPem(file, content);
      if (read.key().isPresent() && !insecureMode) {
        SecretFile.refuseWhenShared(file);
      }
      return read;
    } catch (KeyFormatException e) {
      throw Place.of(file).misuse(e.rule(), e.advice());
    }
  }

  private static CertificateFile ofDer(Path file, Bytes content) throws KeyFormatException {
    Optional<X509Certificate> certificate = find(content);
    if (certificate.isPresent()) {
      return new CertificateFile(file, List.of(certificate.get()), Optional.empty());
    }
    Optional<PrivateKey> key =
        KEYS.stream().flatMap(label -> find(label, content).stream()).findFirst();
    if (key.isPresent()) {
      return new CertificateFile(file, List.of(), key);
    }
    throw new KeyFormatException(
        "is DER, but neither a certificate nor a private key without a password",
        "Is this the right file?");
  }

  /** Which form it has is found out by trying. */
  private static Optional<PrivateKey> find(String label, Bytes der) {
    try {
      return Optional.of(JcaKeys.privateKey(label, der));
    } catch (KeyFormatException ofAnotherForm) {
      return Optional.empty();
    }
  }

  private static CertificateFile ofPem(Path file, Bytes content) throws KeyFormatException {
    String text = content.isUtf8() ? content.toUtf8() : "";
    if (!Pem.isPem(text)) {
      throw new KeyFormatException(
          "is neither PEM nor DER", "Give a file that begins with -----BEGIN, or one in DER.");
    }
    if (text.contains("ENCRYPTED")) {
      throw new KeyFormatException(
          "has a key with a password",
          "Take the password off: openssl pkcs8 -topk8 -nocrypt -in FILE -out NEW; chmod 600 NEW.");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    Optional<PrivateKey> key = Optional.empty();
    for (Pem block : Pem.read(text)) {
      if (CERTIFICATES.contains(block.label())) {
        certificates.add(certificate(block.content()));
      } else if (KEYS.contains(block.label()) && key.isEmpty()) {
        key = Optional.of(JcaKeys.privateKey(block.label(), block.content()));
      }
    }
    return new CertificateFile(file, certificates, key);
  }

  private static X509Certificate certificate(Bytes der) throws KeyFormatException {
    return find(der)
        .orElseThrow(
            () ->
                new KeyFormatException(
                    "has a CERTIFICATE block that is no certificate", "Is the file complete?"));
  }

  private static Optional<X509Certificate> find(Bytes der) {
    try {
      return Optional.of(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der.toArray())));
    } catch (CertificateException none) {
      return Optional.empty();
    }
  }
}
