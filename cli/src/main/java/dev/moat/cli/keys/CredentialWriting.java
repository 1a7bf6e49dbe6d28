package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.cli.edn.Table;
import dev.moat.cli.file.NewFile;
import dev.moat.cli.file.Place;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Curves;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.pki.maker.CertificateMaker;
import dev.moat.pki.maker.Purpose;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes a key with a credential, and writes both parts of it. */
final class CredentialWriting {
  private final KeygenOptions options;
  private final String name;
  private final Console console;
  private final Curves curves = PrimitivesChoice.best().curves();
  private final RandomSource random = new SecureRandom()::nextBytes;

  CredentialWriting(KeygenOptions options, String name, Console console) {
    this.options = options;
    this.name = name;
    this.console = console;
  }

  void run() {
    NewFile files = new NewFile(options.force);
    Path file = KeygenCommand.file(options, name, "json");
    Path open = options.publicOut != null ? options.publicOut : OutputFiles.publicBeside(file);
    files.check(file);
    if (options.type != CredentialKind.PSK) {
      files.check(open);
    }
    CredentialMaker.Made made = made();
    files.secret(file, OutputFiles.content(file, entry(made.secret())));
    console.result(file + "  " + secretWords());
    made.open()
        .ifPresent(
            part -> {
              files.open(open, OutputFiles.content(open, entry(part)));
              console.result(open + "  " + publicWords());
            });
  }

  private Table entry(Table content) {
    return Table.empty().with(":" + name, content);
  }

  private CredentialMaker.Made made() {
    String subject = options.subject == null ? name : options.subject;
    CredentialMaker maker =
        new CredentialMaker(new CertificateMaker(curves, random), subject, Instant.now());
    Bytes kid =
        options
            .kid()
            .orElseGet(
                () ->
                    options.type == CredentialKind.PSK
                        ? Kids.ofShared(random)
                        : Kids.shortest(random));
    try (StoredKey key = key()) {
      return key.fold(
          pair -> ofPair(maker, pair, kid),
          onlyPublic -> {
            throw wrongKey("a public key", "a private key");
          },
          shared -> ofShared(maker, shared, kid));
    }
  }

  private StoredKey key() {
    if (options.in != null) {
      return new KeyFile(curves, options.insecureFileMode).read(options.in);
    }
    return options.type == CredentialKind.PSK
        ? new StoredKey.Shared(SecretBytes.random(options.octets, random))
        : new StoredKey.Pair(PrivateKey.generate(options.curve(), curves, random));
  }

  private CredentialMaker.Made ofPair(CredentialMaker maker, PrivateKey key, Bytes kid) {
    Duration validity = Duration.ofDays(options.days);
    try {
      return switch (options.type) {
        case CCS -> maker.claims(key, kid, purpose(key));
        case X509 -> x509(maker, key, validity);
        case CA -> maker.authority(key, validity);
        default -> throw wrongKey("a key pair", "a symmetric key");
      };
    } catch (KeyFormatException e) {
      Path origin = options.ca != null ? options.ca : Path.of(name);
      throw Place.of(origin).misuse(e.rule(), e.advice());
    }
  }

  private CredentialMaker.Made x509(CredentialMaker maker, PrivateKey key, Duration validity)
      throws KeyFormatException {
    if (options.ca == null) {
      return maker.selfSigned(key, purpose(key), validity);
    }
    try (Authority authority = Authority.read(options.ca, options.insecureFileMode, curves)) {
      return maker.certified(key, purpose(key), validity, authority);
    }
  }

  private Purpose purpose(PrivateKey key) {
    return options.purpose(key.publicKey().curve());
  }

  private CredentialMaker.Made ofShared(CredentialMaker maker, SecretBytes key, Bytes kid) {
    if (options.type != CredentialKind.PSK) {
      throw wrongKey("a symmetric key", "a key pair; add --type psk");
    }
    return maker.shared(key, kid, List.of(options.initiator, options.responder));
  }

  private Failure wrongKey(String is, String wanted) {
    return Failure.usage(
        options.in + " has " + is, "--type " + options.type + " needs " + wanted + ".");
  }

  private String secretWords() {
    return switch (options.type) {
      case CCS, X509 -> "private key and credential: keep it, only you can read it";
      case CA -> "the authority: keep it, and sign with --type x509 --ca";
      default -> "the shared key: carry it to the other side where nobody else can read it";
    };
  }

  private String publicWords() {
    return options.type == CredentialKind.CA
        ? "its certificate: who has it accepts everyone whom the authority certified"
        : "public part: give it to the peers";
  }
}
