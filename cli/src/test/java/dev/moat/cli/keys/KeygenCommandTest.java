package dev.moat.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cli.CommandRun;
import dev.moat.cli.oscore.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code moat keygen}, as it is used. */
class KeygenCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "P-384", "X25519", "X448", "Ed25519", "Ed448"})
  void everyFormatHoldsTheSameKey(String curve) throws Exception {
    String made = file("lock.json");
    assertThat(keygen("lock", "--curve", curve, "--out", made).status()).isZero();
    String first = publicPart(made);
    for (String format : List.of("cbor", "diag", "pem", "jwk")) {
      String converted = file("key." + format);
      CommandRun run = keygen("--in", made, "--format", format, "--out", converted);
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(permissions(converted)).isEqualTo("rw-------");
      assertThat(publicPart(converted)).as(format).isEqualTo(first);
      String open = file("open." + format);
      run = keygen("--in", made, "--format", format, "--public", "--out", open);
      assertThat(permissions(open)).isEqualTo("rw-r--r--");
      assertThat(publicPart(open)).as(format).isEqualTo(first);
    }
  }

  @Test
  void writesASecretPartAndAPublicPart() throws Exception {
    String made = file("lock.json");
    CommandRun run = keygen("lock", "--kid", "2b", "--out", made);
    assertThat(run.out()).contains("lock.json").contains("lock.pub.json");
    assertThat(permissions(made)).isEqualTo("rw-------");
    assertThat(permissions(file("lock.pub.json"))).isEqualTo("rw-r--r--");
    assertThat(Files.readString(Path.of(made)))
        .contains("\"own-cred-style\": \"by-key-id\"")
        .contains("\"2\": {\"hex\": \"2b\"}")
        .contains("\"-4\"");
    assertThat(Files.readString(folder.resolve("lock.pub.json")))
        .contains("\"peer-cred\"")
        .contains("\"2\": \"lock\"")
        .doesNotContain("\"-4\"");
  }

  @Test
  void theDefaultKeyIdentifierIsShortInMessages() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(keygen("lock", "--force", "--out", file("lock.diag")).status()).isZero();
      assertThat(Files.readString(folder.resolve("lock.pub.diag")))
          .containsPattern(" 2: h'([01][0-9a-f]|2[0-9a-f]|3[0-7])'");
    }
  }

  @ParameterizedTest
  @CsvSource({"Ed25519, X25519", "P-256, X448", "P-384, P-256", "Ed448, Ed25519"})
  void anAuthorityCertifiesKeysThatCannotSignThemselves(String ofAuthority, String ofKey)
      throws Exception {
    assertThat(
            keygen("house", "--type", "ca", "--curve", ofAuthority, "--out", file("house.json"))
                .status())
        .isZero();
    CommandRun run =
        keygen(
            "lock",
            "--type",
            "x509",
            "--ca",
            file("house.json"),
            "--curve",
            ofKey,
            "--days",
            "2",
            "--out",
            file("lock.json"));
    assertThat(run.status()).as(run.err()).isZero();
    X509Certificate root = certificate("house.pub.json", "\"trust-anchors\": \\[\\{\"hex\": \"");
    X509Certificate end = certificate("lock.pub.json", "\"33\": \\{\"hex\": \"");
    root.verify(root.getPublicKey());
    end.verify(root.getPublicKey());
    end.checkValidity();
    assertThat(root.getBasicConstraints()).isNotNegative();
    assertThat(end.getBasicConstraints()).isNegative();
    assertThat(end.getSubjectX500Principal().getName()).isEqualTo("CN=lock");
    boolean agrees = ofKey.startsWith("X");
    assertThat(end.getKeyUsage()[4]).as("keyAgreement").isEqualTo(agrees);
    assertThat(end.getKeyUsage()[0]).as("digitalSignature").isEqualTo(!agrees);
  }

  @Test
  void aCertificateCanVouchForItself() throws Exception {
    assertThat(keygen("lock", "--type", "x509", "--out", file("lock.json")).status()).isZero();
    X509Certificate own = certificate("lock.pub.json", "\"33\": \\{\"hex\": \"");
    own.verify(own.getPublicKey());
  }

  @Test
  void aKeyThatCouldDoBothHasOneUse() throws Exception {
    CommandRun run = keygen("lock", "--type", "x509", "--use", "dh", "--out", file("lock.json"));
    assertThat(run.status()).as(run.err()).isZero();
    X509Certificate own = certificate("lock.pub.json", "\"33\": \\{\"hex\": \"");
    assertThat(own.getKeyUsage()[4]).isTrue();
    assertThat(own.getKeyUsage()[0]).isFalse();
    assertThat(keygen("a", "--use", "sign", "--out", file("a.json")).status()).isZero();
    assertThat(Files.readString(folder.resolve("a.pub.json")))
        .contains("\"peer-cred-use\": \"signature\"");
    CommandRun unfit = keygen("b", "--curve", "Ed25519", "--use", "dh", "--out", file("b.json"));
    assertThat(unfit.status()).isEqualTo(2);
    assertThat(unfit.err()).contains("keys of Ed25519 only sign");
  }

  @Test
  void aSharedKeyHasNoPublicPart() throws Exception {
    CommandRun run = keygen("pair", "--type", "psk", "--octets", "32", "--out", file("pair.json"));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(folder.resolve("pair.pub.json")).doesNotExist();
    assertThat(Files.readString(folder.resolve("pair.json")))
        .containsPattern("\"key\": \\{\"hex\": \"[0-9a-f]{64}\"")
        .contains("\"initiator\": \"initiator\"");
    assertThat(keygen("--in", file("pair.json"), "--format", "jwk", "--out", "-").out())
        .contains("\"kty\": \"oct\"");
    CommandRun pem = keygen("--in", file("pair.json"), "--format", "pem", "--out", "-");
    assertThat(pem.status()).isEqualTo(2);
    assertThat(pem.err()).contains("no form for symmetric keys");
  }

  @Test
  void makesACredentialForAKeyThatIsThere() {
    String pem = file("k.pem");
    assertThat(keygen("k", "--format", "pem", "--out", pem).status()).isZero();
    assertThat(keygen("lock", "--in", pem, "--out", file("lock.json")).status()).isZero();
    assertThat(publicPart(file("lock.json"))).isEqualTo(publicPart(pem));
    CommandRun open = keygen("x", "--in", file("k.pub.pem"), "--out", file("x.json"));
    assertThat(open.status()).isEqualTo(2);
    assertThat(open.err()).contains("has a public key").contains("needs a private key");
  }

  @Test
  void neverOverwritesAKeyUnasked() throws Exception {
    String made = file("lock.json");
    assertThat(keygen("lock", "--out", made).status()).isZero();
    String before = Files.readString(Path.of(made));
    CommandRun again = keygen("lock", "--out", made);
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("exists already").contains("--force");
    assertThat(Files.readString(Path.of(made))).isEqualTo(before);
    assertThat(keygen("lock", "--out", made, "--force").status()).isZero();
    assertThat(Files.readString(Path.of(made))).isNotEqualTo(before);
  }

  @Test
  void refusesASecretThatOthersMayRead() throws Exception {
    String made = file("lock.json");
    assertThat(keygen("lock", "--out", made).status()).isZero();
    var unused =
        Files.setPosixFilePermissions(Path.of(made), PosixFilePermissions.fromString("rw-r--r--"));
    CommandRun refused = keygen("--in", made, "--format", "pem", "--public");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("other users may read").contains("chmod 600");
    assertThat(keygen("--in", made, "--format", "pem", "--public", "--insecure-file-mode").status())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | is no COSE_Key",
        "{1: 9} | has no curve",
        "{1: 2, -1: 8, -4: h'00'} | has the curve (-1) 8, which is not supported",
        "{1: 2, -1: 1, -4: h'00'} | is no usable COSE_Key",
        "{1: 4} | symmetric COSE_Key without k",
        "{\"kty\": \"RSA\", \"crv\": \"x\"} | kty and crv that are supported together",
        "{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"AA\"} | has no text in y",
        "{\"kty\": \"OKP\", \"crv\": \"X25519\", \"x\": \"?\"} | has no base64url in x",
        "{\"kty\": \"OKP\", \"crv\": \"X25519\", \"x\": \"AA\"} | is no usable JWK",
        "-----BEGIN PRIVATE KEY-----AA | without its END line",
        "-----BEGIN PRIVATE KEY-----A-----END PRIVATE KEY----- | is no base64",
        "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY----- | has no private key in DER",
        "-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY----- | has no public key in DER",
        "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE----- | has no certificate in DER",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----AAAA-----END ENCRYPTED PRIVATE KEY----- | none with a key",
        "{1: 2 | ends too early"
      })
  void saysWhatIsWrongWithAFile(String content, String rule) {
    Path file = PrivateFiles.write(folder, "key", content);
    CommandRun run = keygen("--in", file.toString(), "--format", "cbor", "--public");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(file.toString()).contains(rule).doesNotContain("Exception");
  }

  @Test
  void refusesAJwkWhoseHalvesDoNotBelongTogether() throws Exception {
    for (String name : List.of("a", "b")) {
      assertThat(keygen(name, "--format", "jwk", "--out", file(name)).status()).isZero();
    }
    String a = Files.readString(folder.resolve("a"));
    String b = Files.readString(folder.resolve("b"));
    String mixed = b.substring(0, b.indexOf("\"d\"")) + a.substring(a.indexOf("\"d\""));
    Path file = PrivateFiles.write(folder, "mixed", mixed);
    CommandRun run = keygen("--in", file.toString(), "--format", "cbor", "--public");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("does not belong to its d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " | whom is the key for?",
        "a/b | is no name for a file",
        "a --curve P-521 | is no curve known here; choose P-256, P-384",
        "a --kid 2 | --kid takes pairs",
        "a --days 0 | --days takes",
        "a --octets 8 | --octets takes",
        "a --type psk --initiator x --responder x | must differ",
        "a --ca x | --ca goes with --type x509",
        "--in x | needs a --format",
        "a --public | --public goes with --format",
        "--in x --format rot13 | Invalid value for option '--format'"
      })
  void wrongUsageIsExplained(String arguments, String message) {
    CommandRun run = keygen(arguments == null ? new String[0] : arguments.strip().split(" ", -1));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  @Test
  void aSecretDoesNotAppearOnATerminalUnasked() {
    String made = file("lock.json");
    assertThat(keygen("lock", "--out", made).status()).isZero();
    CommandRun run = keygen("--in", made, "--format", "jwk");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("where shall the secret key go?");
  }

  @Test
  void namesWhatIsNoAuthority() {
    assertThat(keygen("lock", "--out", file("lock.json")).status()).isZero();
    CommandRun run =
        keygen("x", "--type", "x509", "--ca", file("lock.json"), "--out", file("x.json"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("has no certification authority");
    CommandRun unable = keygen("x", "--type", "x509", "--curve", "X448", "--out", file("x.json"));
    assertThat(unable.status()).isEqualTo(2);
    assertThat(unable.err()).contains("cannot sign");
  }

  private X509Certificate certificate(String name, String before) throws Exception {
    String hex =
        Files.readString(folder.resolve(name))
            .replaceAll("\\n", " ")
            .replaceAll(".*" + before + "([0-9a-f]+)\".*", "$1")
            .strip();
    byte[] der = HexFormat.of().parseHex(hex);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** Without kid, which only credentials have. */
  private static String publicPart(String file) {
    CommandRun run = keygen("--in", file, "--format", "jwk", "--public");
    assertThat(run.status()).as(run.err()).isZero();
    return run.out();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static String permissions(String file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file)));
  }

  private static CommandRun keygen(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add(0, "keygen");
    return CommandRun.of(all.toArray(String[]::new));
  }
}
