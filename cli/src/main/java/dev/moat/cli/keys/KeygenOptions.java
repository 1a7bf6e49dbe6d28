package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.cose.key.KeyCurve;
import dev.moat.pki.maker.Hosts;
import dev.moat.pki.maker.Purpose;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code moat keygen}; picocli fills them in. */
final class KeygenOptions {
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
  private static final Pattern DIGITS = Pattern.compile("([0-9a-fA-F]{2}){1,32}");
  private static final Pattern ASCII = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final int MIN_PSK_OCTETS = 16;
  private static final int MAX_PSK_OCTETS = 64;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "For EDHOC: ccs, a raw public key (the default); x509, a certificate, self-signed unless"
              + " --ca is there; ca, an authority for tests; psk, a key for both sides. For DTLS and"
              + " TLS: tls, tls-server, tls-client, dtls-psk, rpk, see above.")
  CredentialKind type = CredentialKind.CCS;

  @Option(
      names = "--curve",
      paramLabel = "CURVE",
      description =
          "P-256 (the default: signs and agrees, for suites 2, 3 and 5), P-384, X25519 and X448"
              + " (agree only: static Diffie-Hellman), Ed25519 and Ed448 (sign only).")
  String curve = "P-256";

  @Option(
      names = "--use",
      paramLabel = "USE",
      description =
          "What a key of P-256 or P-384 is for, which could do both: sign, or dh (static"
              + " Diffie-Hellman). The default is dh with ccs, sign with x509.")
  @Nullable Purpose use;

  @Option(
      names = "--kid",
      paramLabel = "HEX",
      description =
          "The key identifier. The default is one random octet that is short in messages (two with"
              + " psk); give each"
              + " key its own where a peer knows many.")
  @Nullable String kid;

  @Option(
      names = "--subject",
      paramLabel = "TEXT",
      description = "The subject of the credential; the default is NAME.")
  @Nullable String subject;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Have the certificate signed by this authority, made with --type ca or --type tls.")
  @Nullable Path ca;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "With --type tls and tls-server: a name or an address of the server, as clients write it."
              + " May be repeated; the default is localhost, 127.0.0.1 and ::1.")
  List<String> hosts = List.of();

  @Option(
      names = "--identity",
      paramLabel = "TEXT",
      description = "With --type dtls-psk: the PSK identity; the default is NAME.")
  @Nullable String identity;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How long a certificate is valid; the default is ${DEFAULT-VALUE}.")
  int days = 365;

  @Option(
      names = "--initiator",
      paramLabel = "TEXT",
      description = "With --type psk: who initiates; the default is ${DEFAULT-VALUE}.")
  String initiator = "initiator";

  @Option(
      names = "--responder",
      paramLabel = "TEXT",
      description = "With --type psk: who responds; the default is ${DEFAULT-VALUE}.")
  String responder = "responder";

  @Option(
      names = "--octets",
      paramLabel = "N",
      description =
          "With --type psk and dtls-psk: how many random octets; the default is ${DEFAULT-VALUE}.")
  int octets = MIN_PSK_OCTETS;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      description = "Take the key in FILE instead of a new one.")
  @Nullable Path in;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Write a bare key instead of a credential: cbor or diag (COSE_Key), pem, or jwk.")
  @Nullable KeyFormat format;

  @Option(
      names = "--public",
      description = "With --in and --format: write only what others may see.")
  boolean onlyPublic;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description =
          "The file for the secret part, instead of NAME.json or NAME.pem; - for standard output."
              + " With --type tls: the folder for the files.")
  @Nullable Path out;

  @Option(
      names = "--public-out",
      paramLabel = "FILE",
      description = "The file for the public part, instead of NAME.pub.json or NAME.pub.pem.")
  @Nullable Path publicOut;

  @Option(names = "--force", description = "Overwrite existing files: keys in them are lost.")
  boolean force;

  @Option(
      names = "--insecure-file-mode",
      description = "Accept files with secrets that other users may read.")
  boolean insecureFileMode;

  /** Created by picocli. */
  KeygenOptions() {}

  /**
   * Checks what can be checked before anything is made.
   *
   * @throws IllegalArgumentException when options are wrong or contradict each other
   */
  void check(@Nullable String name) {
    require(
        name != null || in != null,
        "whom is the key for? Write a NAME, as in 'moat keygen lock', or --in FILE --format FORMAT");
    require(name != null || format != null, "--in without a NAME needs a --format to convert to");
    require(!onlyPublic || format != null, "--public goes with --format");
    require(
        name == null || out != null || FILE_NAME.matcher(name).matches(),
        "'" + name + "' is no name for a file; add --out FILE");
    require(days > 0 && days <= 36_500, "--days takes a number from 1 to 36500");
    require(
        kid == null || DIGITS.matcher(kid).matches(),
        "--kid takes pairs of hexadecimal digits, at most 32, such as 2b");
    require(
        octets >= MIN_PSK_OCTETS && octets <= MAX_PSK_OCTETS,
        "--octets takes a number from " + MIN_PSK_OCTETS + " to " + MAX_PSK_OCTETS);
    require(
        !initiator.equals(responder),
        "--initiator and --responder must differ, or messages could be reflected");
    checkTls();
    checkFiles();
    require(use != Purpose.CERTIFY, "--use takes sign or dh; --type ca makes an authority");
    KeyCurve unused = curve();
  }

  private void checkTls() {
    require(
        ca == null || type.isCertified(), "--ca goes with --type x509, tls-server and tls-client");
    require(
        hosts.isEmpty() || type == CredentialKind.TLS || type == CredentialKind.TLS_SERVER,
        "--host goes with --type tls and tls-server");
    for (String host : hosts) {
      require(
          Hosts.isHost(host),
          "--host takes a name or an address such as lock.example, 192.0.2.7 or 2001:db8::7,"
              + " not '"
              + host
              + "'");
    }
    require(
        identity == null || (type == CredentialKind.DTLS_PSK && ASCII.matcher(identity).matches()),
        "--identity takes printable ASCII, and goes with --type dtls-psk");
    boolean signs = curve().signature().isPresent();
    require(
        signs || !(type.isTlsCertificate() || type == CredentialKind.RPK),
        "keys of " + CurveNames.of(curve()) + " cannot sign, which TLS needs");
  }

  private void checkFiles() {
    require(
        in == null || type != CredentialKind.TLS,
        "--in is one key, and --type tls makes three; take --type tls-server or tls-client");
    require(
        in == null || format != null || type != CredentialKind.DTLS_PSK,
        "--in does not go with --type dtls-psk, whose key is always new");
    require(
        publicOut == null || (format == null && type.hasPublicFile()),
        "--public-out goes with --type ccs, x509, ca and rpk, and not with --format");
  }

  /** Names and addresses of the server. */
  List<String> hosts() {
    return hosts.isEmpty() ? List.of("localhost", "127.0.0.1", "::1") : hosts;
  }

  private static void require(boolean rule, String message) {
    if (!rule) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The curve. */
  KeyCurve curve() {
    return CurveNames.find(curve)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + curve + "' is no curve known here; choose " + CurveNames.all()));
  }

  /**
   * What a key of {@code curve} is for.
   *
   * @throws IllegalArgumentException when the curve cannot do what was asked for
   */
  Purpose purpose(KeyCurve curve) {
    Purpose purpose = use == null ? Purposes.usual(curve, type) : use;
    require(
        purpose.fits(curve),
        "--use: keys of "
            + CurveNames.of(curve)
            + (purpose == Purpose.DH ? " only sign" : " cannot sign"));
    return purpose;
  }

  /** The key identifier that was asked for. */
  Optional<Bytes> kid() {
    return Optional.ofNullable(kid).map(Bytes::hex);
  }
}
