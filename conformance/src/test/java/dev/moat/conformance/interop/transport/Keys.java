package dev.moat.conformance.interop.transport;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/** Who is who in these tests, and the same as files in PEM for programs. */
final class Keys {
  static final String IDENTITY = "lock";

  /** Text, because programs take the key from their command line. */
  static final String SHARED_KEY = "sixteen octets!!";

  static final Authority AUTHORITY = new Authority("Moat interop root");
  static final Person SERVER = AUTHORITY.issue("server", "localhost", "127.0.0.1");
  static final Person CLIENT = AUTHORITY.issue("client");

  private static final int KEY_BITS = 256;
  private static final Path FOLDER = folder();

  private Keys() {}

  static byte[] sharedKey() {
    return SHARED_KEY.getBytes(StandardCharsets.US_ASCII);
  }

  /** The authority's certificate. */
  static String authorityFile() {
    return write("authority.pem", AUTHORITY.certificate());
  }

  /** The certificate of a person. */
  static String certificateFile(Person person) {
    return write("certificate-" + person.certificate().getSerialNumber(), person.certificate());
  }

  /**
   * The private key of a person in the form of RFC 5915, with its curve, which libcoap also takes
   * for a raw public key.
   */
  static String keyFile(Person person) {
    SubjectPublicKeyInfo point =
        SubjectPublicKeyInfo.getInstance(person.keys().getPublic().getEncoded());
    ECPrivateKey key =
        new ECPrivateKey(
            KEY_BITS,
            ((java.security.interfaces.ECPrivateKey) person.key()).getS(),
            point.getPublicKeyData(),
            SECObjectIdentifiers.secp256r1);
    return write(
        "key-" + person.certificate().getSerialNumber(),
        new PemObject("EC PRIVATE KEY", encoded(key)));
  }

  private static byte[] encoded(ECPrivateKey key) {
    try {
      return key.getEncoded();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String write(String name, Object content) {
    StringWriter text = new StringWriter();
    try {
      try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
        pem.writeObject(content);
      }
      return Files.writeString(FOLDER.resolve(name), text.toString()).toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("moat-interop-keys");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException failure) {
      System.err.println("left behind: " + folder + ": " + failure.getMessage());
    }
  }
}
