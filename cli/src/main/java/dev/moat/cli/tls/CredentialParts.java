package dev.moat.cli.tls;

import dev.moat.bytes.SecretBytes;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.cli.file.Place;
import dev.moat.cli.keys.KeyFile;
import dev.moat.cli.keys.KeyFormat;
import dev.moat.cli.keys.KeyFormatException;
import dev.moat.cli.keys.Pem;
import dev.moat.cli.keys.StoredKey;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.KeyedCertificate;
import dev.moat.endpoint.credentials.PreSharedKey;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects credentials from flags and files into one {@link Credentials}; what is wrong with a file
 * is told with its name. Closing it erases the pre-shared keys.
 */
final class CredentialParts implements AutoCloseable {
  private static final int STRONG_PSK_OCTETS = 16;

  private final boolean insecureMode;
  private final Console console;
  private final Credentials.Builder credentials = Credentials.builder();
  private final List<SecretBytes> secrets = new ArrayList<>();
  private boolean hasIdentity;

  /**
   * Nothing yet.
   *
   * @param insecureMode true to accept secrets in files that other users may read
   */
  CredentialParts(boolean insecureMode, Console console) {
    this.insecureMode = insecureMode;
    this.console = console;
  }

  /** A pre-shared key that a client offers; the octets become this object's. */
  void offer(String identity, SecretBytes key) {
    credentials.preSharedKey(preSharedKey(identity, key));
  }

  /**
   * A pre-shared key that a server takes; the octets become this object's.
   *
   * @throws Failure when the identity has a key already
   */
  void accept(String identity, SecretBytes key) {
    try {
      credentials.accept(preSharedKey(identity, key));
    } catch (IllegalArgumentException twice) {
      throw Failure.usage(
          "the PSK identity '" + identity + "' has two keys", "Give each client its own identity.");
    }
  }

  private PreSharedKey preSharedKey(String identity, SecretBytes key) {
    secrets.add(key);
    if (key.length() < STRONG_PSK_OCTETS) {
      console.note(
          "the pre-shared key of '"
              + identity
              + "' has "
              + key.length()
              + " octets: who records a handshake can try all short ones; moat keygen --type"
              + " dtls-psk makes a strong one");
    }
    return new PreSharedKey(identity, key);
  }

  /** A certificate with its chain, and its key from the same file or from another. */
  void certificate(Path file, Optional<Path> keyFile) {
    CertificateFile certificates = CertificateFile.read(file, insecureMode);
    if (certificates.certificates().isEmpty()) {
      throw Place.of(file).misuse("has no certificate", "Give -c a certificate in PEM or DER.");
    }
    CertificateFile keys =
        keyFile.map(other -> CertificateFile.read(other, insecureMode)).orElse(certificates);
    Place place = Place.of(keys.file());
    var key =
        keys.key()
            .orElseThrow(
                () -> place.misuse("has no private key", "Give the file with the key with -j."));
    X509Certificate own = certificates.certificates().get(0);
    if (!JcaKeys.belong(key, own.getPublicKey())) {
      throw place.misuse(
          "has a private key that does not belong to the certificate in " + file,
          "Which key was the certificate made for?");
    }
    warnOfExpiry(file, own);
    only(Place.of(file));
    credentials.certificate(new KeyedCertificate(key, certificates.certificates()));
  }

  private void warnOfExpiry(Path file, X509Certificate own) {
    Instant end = own.getNotAfter().toInstant();
    if (Instant.now().isAfter(end)) {
      console.note("the certificate in " + file + " expired at " + end + ": peers will refuse it");
    }
  }

  /** Authorities whose certificates count. */
  void trust(Path file) {
    List<X509Certificate> anchors = CertificateFile.read(file, insecureMode).certificates();
    if (anchors.isEmpty()) {
      throw Place.of(file).misuse("has no certificate", "Give -C the certificate of an authority.");
    }
    anchors.forEach(credentials::trust);
  }

  /** The raw public key of this side, with its private key. */
  void rawKey(Path file) {
    try (StoredKey key = read(file)) {
      if (!key.fold(pair -> true, open -> false, shared -> false)) {
        throw Place.of(file).misuse("has no private key", "Make one: moat keygen NAME --type rpk.");
      }
      PublicKey open = open(key);
      Pem secret = Pem.read(KeyFormat.PEM.write(key).toUtf8()).get(0);
      only(Place.of(file));
      credentials.rawKey(new KeyPair(open, JcaKeys.privateKey(secret.label(), secret.content())));
    } catch (KeyFormatException e) {
      throw Place.of(file).misuse(e.rule(), e.advice());
    }
  }

  /** The raw public key of a peer. */
  void trustRawKey(Path file) {
    try (StoredKey key = read(file)) {
      if (key.fold(pair -> false, open -> false, shared -> true)) {
        throw Place.of(file).misuse("has a symmetric key", "Give a public one.");
      }
      credentials.trust(open(key));
    } catch (KeyFormatException e) {
      throw Place.of(file).misuse(e.rule(), e.advice());
    }
  }

  private StoredKey read(Path file) {
    return new KeyFile(PrimitivesChoice.best().curves(), insecureMode).read(file);
  }

  private static PublicKey open(StoredKey key) throws KeyFormatException {
    Pem open = Pem.read(KeyFormat.PEM.write(key.publicPart()).toUtf8()).get(0);
    return JcaKeys.publicKey(open.content());
  }

  /** A side shows one certificate or one raw public key. */
  private void only(Place place) {
    if (hasIdentity) {
      throw place.misuse(
          "is a second certificate or raw public key of this side", "Leave one of them out.");
    }
    hasIdentity = true;
  }

  /** Takes clients that show neither certificate nor raw public key. */
  void allowAnonymousClients() {
    credentials.allowAnonymousClients();
  }

  /** What was collected; its pre-shared keys live until this object is closed. */
  Credentials build() {
    return credentials.build();
  }

  @Override
  public void close() {
    secrets.forEach(SecretBytes::close);
  }
}
