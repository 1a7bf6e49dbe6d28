package dev.moat.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cli.CommandRun;
import dev.moat.cli.oscore.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code moat keygen} makes for DTLS and TLS. */
class KeygenTlsTest {
  @TempDir Path folder;

  @Test
  void makesAnAuthorityAServerAndAClientAtOnce() throws Exception {
    CommandRun run = set("--host", "lock.example", "--host", "192.0.2.7", "--host", "2001:db8::7");
    assertThat(run.status()).as(run.err()).isZero();
    X509Certificate root = certificate("house-ca.pem");
    X509Certificate server = certificate("house-server.pem");
    X509Certificate client = certificate("house-client.pem");
    root.verify(root.getPublicKey());
    server.verify(root.getPublicKey());
    client.verify(root.getPublicKey());
    server.checkValidity();
    assertThat(root.getBasicConstraints()).isNotNegative();
    assertThat(server.getBasicConstraints()).isNegative();
    assertThat(server.getSubjectX500Principal().getName()).isEqualTo("CN=house server");
    assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(client.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(server.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(
            List.of(2, "lock.example"),
            List.of(7, "192.0.2.7"),
            List.of(7, "2001:db8:0:0:0:0:0:7"));
  }

  @Test
  void onlyTheAuthoritysCertificateIsForOthers() throws Exception {
    assertThat(set().status()).isZero();
    assertThat(permissions("house-ca.pem")).isEqualTo("rw-r--r--");
    assertThat(text("house-ca.pem")).doesNotContain("PRIVATE");
    for (String secret : List.of("house-ca.key.pem", "house-server.pem", "house-client.pem")) {
      assertThat(permissions(secret)).as(secret).isEqualTo("rw-------");
      assertThat(text(secret)).as(secret).contains("BEGIN EC PRIVATE KEY");
    }
  }

  @ParameterizedTest
  @CsvSource({"P-256, P-256", "P-384, P-256", "Ed25519, Ed25519", "Ed25519, P-384"})
  void anAuthorityCertifiesMore(String ofAuthority, String ofKey) throws Exception {
    assertThat(set("--curve", ofAuthority).status()).isZero();
    CommandRun run =
        keygen(
            "tablet",
            "--type",
            "tls-client",
            "--ca",
            file("house-ca.key.pem"),
            "--curve",
            ofKey,
            "--out",
            file("tablet.pem"));
    assertThat(run.status()).as(run.err()).isZero();
    certificate("tablet.pem").verify(certificate("house-ca.pem").getPublicKey());
    String again = file("again.pem");
    run =
        keygen(
            "x",
            "--type",
            "tls-server",
            "--ca",
            file("house-ca.key.pem"),
            "--in",
            file("tablet.pem"),
            "--out",
            again);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(certificate("again.pem").getPublicKey())
        .isEqualTo(certificate("tablet.pem").getPublicKey());
  }

  @Test
  void opensslAcceptsTheChains() throws Exception {
    assertThat(set().status()).isZero();
    for (String role : List.of("server", "client")) {
      String verdict =
          OpenSsl.run(
              "verify",
              "-x509_strict",
              "-purpose",
              "ssl" + role,
              "-CAfile",
              file("house-ca.pem"),
              file("house-" + role + ".pem"));
      assertThat(verdict).endsWith(": OK\n");
    }
  }

  @Test
  void aPreSharedKeyIsPrintableAndHasAnIdentity() throws Exception {
    CommandRun run =
        keygen("phone", "--type", "dtls-psk", "--identity", "p-1", "--out", file("phone.json"));
    assertThat(run.status()).as(run.err()).isZero();
    String key = text("phone.key");
    assertThat(key).matches("[0-9a-f]{32}");
    assertThat(text("phone.json"))
        .contains("\"coaps://*\"")
        .contains("\"ascii\": \"" + key + "\"")
        .contains("\"ascii\": \"p-1\"");
    assertThat(permissions("phone.json")).isEqualTo("rw-------");
    assertThat(permissions("phone.key")).isEqualTo("rw-------");
    assertThat(run.out() + run.err()).doesNotContain(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "Ed25519"})
  void aRawKeyHasAPublicPart(String curve) throws Exception {
    CommandRun run = keygen("lock", "--type", "rpk", "--curve", curve, "--out", file("lock.pem"));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(permissions("lock.pem")).isEqualTo("rw-------");
    assertThat(text("lock.pem")).contains("PRIVATE KEY").startsWith(text("lock.pub.pem"));
    assertThat(text("lock.pub.pem")).contains("PUBLIC KEY").doesNotContain("PRIVATE");
    assertThat(OpenSsl.run("pkey", "-in", file("lock.pem"), "-pubout"))
        .isEqualTo(text("lock.pub.pem"));
  }

  @Test
  void thePublicPartGoesWhereItIsWanted() throws Exception {
    CommandRun run =
        keygen(
            "lock",
            "--type",
            "rpk",
            "--out",
            file("lock.pem"),
            "--public-out",
            file("for-others.pem"));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(text("for-others.pem")).contains("PUBLIC KEY").doesNotContain("PRIVATE");
    assertThat(contents()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls", "dtls-psk", "rpk"})
  void neverOverwritesUnasked(String type) throws Exception {
    String out = type.equals("tls") ? folder.toString() : file("house.x");
    assertThat(keygen("house", "--type", type, "--out", out).status()).isZero();
    List<String> before = contents();
    CommandRun again = keygen("house", "--type", type, "--out", out);
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("exists already").contains("--force");
    assertThat(contents()).isEqualTo(before);
    assertThat(keygen("house", "--type", type, "--out", out, "--force").status()).isZero();
    assertThat(contents()).hasSameSizeAs(before).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a --type tls --host a_b | --host takes a name or an address",
        "a --type tls --host 1.2.3.400 | --host takes a name or an address",
        "a --type tls --host 1::2::3 | --host takes a name or an address",
        "a --type rpk --host x | --host goes with --type tls",
        "a --type tls --curve X25519 | cannot sign, which TLS needs",
        "a --type rpk --identity x | --identity takes printable",
        "a --type tls-client | who certifies it?",
        "a --type tls --in x | --in is one key, and --type tls makes three",
        "a --type dtls-psk --in x | --in does not go with --type dtls-psk",
        "a --type tls-client --ca x --public-out y | --public-out goes with --type ccs",
        "a --type psk --public-out y | --public-out goes with --type ccs",
        "a --format pem --public-out y | and not with --format",
        "a --type tls --ca x | --ca goes with",
        "a --type tls-x | Invalid value for option '--type'"
      })
  void wrongUsageIsExplained(String arguments, String message) {
    CommandRun run = keygen(arguments.strip().split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  @Test
  void namesWhatIsNoAuthority() {
    Path file =
        PrivateFiles.write(
            folder, "x.pem", "-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----");
    CommandRun run =
        keygen("a", "--type", "tls-client", "--ca", file.toString(), "--out", file("a.pem"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("x.pem has no certificate").contains("keygen");
  }

  private CommandRun set(String... more) {
    List<String> all = new ArrayList<>(List.of("house", "--type", "tls"));
    all.addAll(List.of("--out", folder.toString()));
    all.addAll(List.of(more));
    return keygen(all.toArray(String[]::new));
  }

  private List<String> contents() throws Exception {
    List<String> texts = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        texts.add(Files.readString(file));
      }
    }
    return texts;
  }

  private X509Certificate certificate(String name) throws Exception {
    byte[] content = text(name).getBytes(StandardCharsets.US_ASCII);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(content));
  }

  private String text(String name) throws Exception {
    return Files.readString(folder.resolve(name));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private String permissions(String name) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  private static CommandRun keygen(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add(0, "keygen");
    return CommandRun.of(all.toArray(String[]::new));
  }
}
