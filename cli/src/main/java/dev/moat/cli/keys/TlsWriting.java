package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.cli.file.NewFile;
import dev.moat.cli.file.Place;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Curves;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.pki.maker.CannotSignException;
import dev.moat.pki.maker.CertificateMaker;
import dev.moat.pki.maker.KeyEncoding;
import dev.moat.pki.maker.Purpose;
import dev.moat.pki.maker.TlsProfile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes certificates and raw public keys for DTLS and TLS, in PEM, as libcoap and openssl read
 * them, too. A secret file has the private key behind its certificate.
 */
final class TlsWriting {
  private static final Duration LATE_CLOCKS = Duration.ofMinutes(5);
  private static final String CERTIFICATE = "CERTIFICATE";

  private final KeygenOptions options;
  private final String name;
  private final Console console;
  private final Curves curves = PrimitivesChoice.best().curves();
  private final RandomSource random = new SecureRandom()::nextBytes;
  private final Instant now = Instant.now();
  private final List<Output> outputs = new ArrayList<>();

  TlsWriting(KeygenOptions options, String name, Console console) {
    this.options = options;
    this.name = name;
    this.console = console;
  }

  private record Output(Path file, boolean secret, String text, String words) {}

  void run() {
    switch (options.type) {
      case TLS -> all();
      case TLS_SERVER -> single(TlsProfile.server(options.hosts()), "the server's: with -c");
      case TLS_CLIENT -> single(TlsProfile.client(), "the client's: with -c");
      default -> rawKey();
    }
    NewFile files = new NewFile(options.force);
    // All or nothing: half of a set fits to nothing.
    outputs.forEach(output -> files.check(output.file()));
    outputs.forEach(output -> write(files, output));
  }

  private void write(NewFile files, Output output) {
    if (output.secret()) {
      files.secret(output.file(), Bytes.utf8(output.text()));
    } else {
      files.open(output.file(), Bytes.utf8(output.text()));
    }
    console.result(output.file() + "  " + output.words());
  }

  private void all() {
    try (PrivateKey key = newKey()) {
      Bytes root =
          make(
              content(name + " CA", key, Purpose.CERTIFY, TlsProfile.authority()),
              CertificateMaker.Issuer.self(name + " CA", key));
      Path open = file("-ca.pem");
      String certificate = new Pem(CERTIFICATE, root).text();
      outputs.add(new Output(open, false, certificate, "the authority's certificate: for -C"));
      outputs.add(
          new Output(
              file("-ca.key.pem"),
              true,
              certificate + secret(key),
              "the authority: keep it, and sign with --type tls-server or tls-client --ca"));
      CertificateMaker.Issuer issuer = CertificateMaker.Issuer.of(root, key);
      signed("-server.pem", TlsProfile.server(options.hosts()), issuer, server());
      signed("-client.pem", TlsProfile.client(), issuer, "certificate and key of a client: for -c");
    }
  }

  private String server() {
    return "certificate and key of a server for " + String.join(", ", options.hosts()) + ": for -c";
  }

  private void signed(
      String suffix, TlsProfile profile, CertificateMaker.Issuer issuer, String words) {
    try (PrivateKey key = newKey()) {
      String subject = name + " " + profile.role().name().toLowerCase(Locale.ROOT);
      outputs.add(new Output(file(suffix), true, both(subject, key, profile, issuer), words));
    }
  }

  private void single(TlsProfile profile, String words) {
    Path file = options.out != null ? options.out : Path.of(name + ".pem");
    Path authorityFile = options.ca;
    if (authorityFile == null) {
      throw new IllegalArgumentException(
          "who certifies it? Add --ca FILE, such as the NAME-ca.key.pem of --type tls");
    }
    try (PrivateKey key = keyToUse();
        Authority authority = Authority.read(authorityFile, options.insecureFileMode, curves)) {
      outputs.add(
          new Output(
              file,
              true,
              both(subject(), key, profile, authority.issuer()),
              "certificate and key: " + words));
    }
  }

  private String subject() {
    return options.subject == null ? name : options.subject;
  }

  private String both(
      String subject, PrivateKey key, TlsProfile profile, CertificateMaker.Issuer issuer) {
    Bytes certificate = make(content(subject, key, Purpose.SIGN, profile), issuer);
    return new Pem(CERTIFICATE, certificate).text() + secret(key);
  }

  private CertificateMaker.Content content(
      String subject, PrivateKey key, Purpose purpose, TlsProfile profile) {
    return new CertificateMaker.Content(
        subject,
        key.publicKey(),
        purpose,
        now.minus(LATE_CLOCKS),
        Duration.ofDays(options.days).plus(LATE_CLOCKS),
        Optional.of(profile));
  }

  private Bytes make(CertificateMaker.Content content, CertificateMaker.Issuer issuer) {
    try {
      return new CertificateMaker(curves, random).make(content, issuer);
    } catch (CannotSignException cannot) {
      KeyFormatException e = KeyFormatException.of(cannot);
      Path origin = options.ca != null ? options.ca : Path.of(name);
      throw Place.of(origin).misuse(e.rule(), e.advice());
    }
  }

  private void rawKey() {
    Path file = options.out != null ? options.out : Path.of(name + ".pem");
    Path publicFile =
        options.publicOut != null ? options.publicOut : OutputFiles.publicBeside(file);
    try (PrivateKey key = keyToUse()) {
      String open = new Pem("PUBLIC KEY", KeyEncoding.encoded(key.publicKey())).text();
      outputs.add(
          new Output(
              file,
              true,
              open + secret(key),
              "the key pair: keep it, only you can read it; for -M"));
      outputs.add(
          new Output(
              publicFile, false, open, "its public key: give it to the peers, for --peer-key"));
    }
  }

  private PrivateKey keyToUse() {
    if (options.in == null) {
      return newKey();
    }
    StoredKey stored = new KeyFile(curves, options.insecureFileMode).read(options.in);
    return stored.fold(
        pair -> pair,
        onlyPublic -> {
          throw wrongKey("a public key");
        },
        shared -> {
          shared.close();
          throw wrongKey("a symmetric key");
        });
  }

  private Failure wrongKey(String is) {
    return Failure.usage(
        options.in + " has " + is, "--type " + options.type + " needs a private key.");
  }

  private PrivateKey newKey() {
    return PrivateKey.generate(options.curve(), curves, random);
  }

  /** PKCS #8 for curves of RFC 8410; the older form of RFC 5915 is read by more programs. */
  private static String secret(PrivateKey key) {
    return key.publicKey().curve().hasTwoCoordinates()
        ? new Pem("EC PRIVATE KEY", KeyEncoding.ecPrivateKey(key)).text()
        : new Pem("PRIVATE KEY", KeyEncoding.privateKey(key)).text();
  }

  private Path file(String suffix) {
    Path file = Path.of(name + suffix);
    return options.out == null ? file : options.out.resolve(file);
  }
}
