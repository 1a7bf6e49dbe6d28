package dev.moat.cli.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.cli.CommandRun;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.cli.oscore.PrivateFiles;
import dev.moat.coap.uri.CoapUri;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.PreSharedKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A client's credentials, from flags and files to what an endpoint takes. */
class TlsClientFlagsTest {
  @TempDir static Path shared;
  private static TlsFiles files = new TlsFiles(Path.of("."));

  @TempDir Path folder;
  private final StringWriter notes = new StringWriter();

  @BeforeAll
  static void make() {
    files = TlsFiles.make(shared);
  }

  @Test
  void aKeyIsTheOctetsOfItsText() {
    try (OpenedCredentials opened = open("coaps://h/", "-u", "phone", "-k", "0x00112233445566")) {
      PreSharedKey key = opened.credentials().preSharedKey().orElseThrow();
      assertThat(key.identity()).isEqualTo("phone");
      assertThat(octets(key)).isEqualTo(Bytes.utf8("0x00112233445566"));
    }
  }

  @Test
  void aKeyFileMayEndWithALineFeed() {
    Path file = PrivateFiles.write(folder, "k", "0123456789abcdef");
    try (OpenedCredentials opened =
        open("coaps://h/", "-u", "phone", "--key-file", file.toString())) {
      assertThat(octets(opened.credentials().preSharedKey().orElseThrow()))
          .isEqualTo(Bytes.utf8("0123456789abcdef"));
    }
  }

  @Test
  void saysThatAShortKeyIsWeak() {
    open("coaps://h/", "-u", "phone", "-k", "secretPSK").close();
    assertThat(notes.toString()).contains("9 octets").doesNotContain("secretPSK");
  }

  @Test
  void aCertificateMayHaveItsKeyInTheSameFileOrInAnother() throws Exception {
    String pem = Files.readString(shared.resolve("house-client.pem"));
    int cut = pem.indexOf("-----BEGIN EC");
    Path certificate = Files.writeString(folder.resolve("c.pem"), pem.substring(0, cut));
    Path key = PrivateFiles.write(folder, "j.pem", pem.substring(cut));
    String ca = files.at("house-ca.pem");
    for (String[] own :
        new String[][] {
          {"-c", files.at("house-client.pem"), "-C", ca},
          {"-c", certificate.toString(), "-j", key.toString(), "-R", ca}
        }) {
      Credentials credentials = open("coaps+tcp://h/", own).credentials();
      assertThat(credentials.certificate().orElseThrow().chain()).hasSize(1);
      assertThat(credentials.certificate().orElseThrow().toString()).contains("house client");
      assertThat(credentials.trustAnchors()).hasSize(1);
    }
  }

  @Test
  void certificatesAndKeysMayBeInDer() throws Exception {
    CertificateFile pem = CertificateFile.read(shared.resolve("house-client.pem"), false);
    Path certificate = Files.write(folder.resolve("c.der"), pem.certificates().get(0).getEncoded());
    Path key = PrivateFiles.write(folder, "j.der", "");
    var unused = Files.write(key, pem.key().orElseThrow().getEncoded());
    Credentials credentials =
        open(
                "coaps://h/",
                "-c",
                certificate.toString(),
                "-j",
                key.toString(),
                "-C",
                files.at("house-ca.pem"))
            .credentials();
    assertThat(credentials.certificate()).isPresent();
  }

  @Test
  void derOfAnotherKindIsRefusedInWords() throws Exception {
    // A SEQUENCE of SEQUENCEs, which parsers of keys take for what they look for.
    Path odd =
        Files.write(
            folder.resolve("odd.der"), java.util.HexFormat.of().parseHex("30063000300030003000"));
    refused("odd.der", "-c", odd.toString(), "-C", files.at("house-ca.pem"));
  }

  @Test
  void rawPublicKeysAreReadInPem() {
    Credentials credentials =
        open("coaps://h/", "-M", files.at("pad.pem"), "--peer-key", files.at("lock.pub.pem"))
            .credentials();
    assertThat(credentials.rawKey()).isPresent();
    assertThat(credentials.trustedRawKeys()).hasSize(1);
    assertThat(
            JcaKeys.belong(
                credentials.rawKey().orElseThrow().getPrivate(),
                credentials.rawKey().orElseThrow().getPublic()))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-k s3cret coaps://h/ | add -u IDENTITY",
        "-u phone coaps://h/ | add -k KEY or --key-file FILE",
        "-u phone -k s3cret --key-file x coaps://h/ | not by both",
        "-j x coaps://h/ | add -c FILE",
        "-c x -M y coaps://h/ | not both",
        "-u phone -k s3cret -c x coaps://h/ | -c is shown to no server that is not known",
        "-u phone -k s3cret -M x coaps://h/ | -M is shown to no server that is not known",
        "-n coaps://h/ | -n is refused",
        "-h x coaps://h/ | -h is refused",
        "-u phone -k s3cret coap://h/ | -k cannot protect coap://",
        "-C x coap+tcp://h/ | -C cannot protect coap+tcp://",
        "-u phone -k s3cret coap+ws://h/ | -k cannot protect coap+ws://"
      })
  void wrongUsageIsExplainedAndNothingSent(String line, String message) {
    for (String command : new String[] {"get", "put", "observe", "ping", "discover"}) {
      CommandRun run = CommandRun.of((command + " " + line).split(" "));
      assertThat(run.status()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).contains(message).doesNotContain("s3cret").doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "coaps://h.example/, there are no credentials for coaps://h.example",
    "coaps+tcp://h.example/, there are no credentials for coaps+tcp://h.example",
    "coaps+ws://h.example/, there are no credentials for coaps+ws://h.example"
  })
  void withoutCredentialsNothingLeaves(String uri, String message) {
    CommandRun run = CommandRun.of("get", uri);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains(message).contains("Nothing was sent").contains("-C");
  }

  @Test
  void tlsTakesCertificatesOnly() {
    CommandRun run = CommandRun.of("get", "-u", "p", "-k", "0123456789abcdef", "coaps+tcp://h/");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("coaps+tcp:// takes certificates only").contains("-C");
  }

  @Test
  void namesTheFileThatCannotBeUsed() throws Exception {
    Path text = PrivateFiles.write(folder, "t", "hello");
    Path locked =
        PrivateFiles.write(
            folder,
            "e",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----AAAA-----END ENCRYPTED PRIVATE KEY-----");
    String client = files.at("house-client.pem");
    String ca = files.at("house-ca.pem");
    refused("t is neither PEM nor DER", "-C", text.toString());
    refused("has a key with a password", "-c", client, "-j", locked.toString());
    refused("does not belong to the certificate", "-c", client, "-j", files.at("house-server.pem"));
    refused("house-ca.pem has no private key", "-c", ca);
    refused("lock.pem has no certificate", "-c", files.at("lock.pem"));
    refused("lock.pub.pem has no private key", "-M", files.at("lock.pub.pem"));
    refused("there is no file", "-C", files.at("none.pem"));
    Path open = Files.copy(Path.of(client), folder.resolve("open.pem"));
    var unused = Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    refused("other users may read", "-c", open.toString(), "-C", ca);
  }

  @Test
  void theMapOfAiocoapHasKeysByUri() {
    Path map =
        PrivateFiles.write(
            folder,
            "map.json",
            "{\"coaps://h/*\": {\"dtls\": {\"psk\": {\"hex\": \"00112233445566778899aabbccddeeff\"},"
                + " \"client_identity\": {\"ascii\": \"me\"}}}, \"coaps+tcp://*\": {\"tlscert\":"
                + " {\"certfile\": \""
                + files.at("house-ca.pem")
                + "\"}}}");
    Credentials dtls = open(List.of(map), "coaps://h/x").credentials();
    assertThat(dtls.preSharedKey().orElseThrow().identity()).isEqualTo("me");
    assertThat(dtls.trustAnchors()).isEmpty();
    Credentials tls = open(List.of(map), "coaps+tcp://other/").credentials();
    assertThat(tls.trustAnchors()).hasSize(1);
    assertThat(tls.preSharedKey()).isEmpty();
    assertThatThrownBy(() -> open(List.of(map), "coaps://other/"))
        .hasMessageContaining("no credentials for coaps://other");
  }

  @Test
  void filesInTheMapStandBesideIt() {
    Path map =
        PrivateFiles.write(
            shared,
            "x509.json",
            "{\"coaps*\": {\"x509\": {\"ca\": \"house-ca.pem\", \"certificate\":"
                + " \"house-client.pem\"}}, \"coaps://rpk/*\": {\"rpk\": {\"private-key\":"
                + " \"pad.pem\", \"peers\": [\"lock.pub.pem\"]}}}");
    Credentials x509 = open(List.of(map), "coaps+ws://h/").credentials();
    assertThat(x509.certificate()).isPresent();
    assertThat(x509.trustAnchors()).hasSize(1);
    Credentials rpk = open(List.of(map), "coaps://rpk/").credentials();
    assertThat(rpk.rawKey()).isPresent();
    assertThat(rpk.trustedRawKeys()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'dtls': {'psk': {'hex': '00'}}} | map.json: coaps* > dtls > client-identity is missing",
        "{'dtls': {'psk': 'abc', 'client-identity': {'ascii': 'a'}}} | dtls > psk takes {\"hex\"",
        "{'dtls': {'psk': {'hex': ''}, 'client-identity': {'ascii': 'a'}}} | dtls > psk is empty",
        "{'dtls': {'psk': {'hex': '00'}, 'client-identity': {'hex': 'ff'}}} | is no UTF-8",
        "{'dtls': {'pks': {'hex': '00'}}} | dtls > pks is not known here",
        "{'dtls': {}, 'x509': {}} | must have exactly one kind",
        "{'x509': {'ca': 7}} | x509 > ca takes the name of a file",
        "{'x509': {'private-key': 'x'}} | x509 > private-key needs a certificate",
        "{'tlscert': {}} | tlscert > certfile is missing"
      })
  void namesFileEntryAndRule(String entry, String message) {
    Path map =
        PrivateFiles.write(folder, "map.json", ("{'coaps*': " + entry + "}").replace('\'', '"'));
    CommandRun run = CommandRun.of("get", "--credentials", map.toString(), "coaps://h/");
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("Exception");
  }

  @Test
  void aMapWithKeysIsForItsOwnerOnly() throws Exception {
    Path map = Files.copy(shared.resolve("phone.json"), folder.resolve("open.json"));
    var unused = Files.setPosixFilePermissions(map, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> open(List.of(map), "coaps://h/"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("other users may read");
  }

  @Test
  void credentialsForDtlsDoNotProtectOtherSchemes() {
    Path map =
        PrivateFiles.write(
            folder,
            "map.json",
            "{\"*\": {\"dtls\": {\"psk\": {\"hex\": \"00\"}, \"client-identity\": {\"ascii\":"
                + " \"a\"}}}}");
    CommandRun run = CommandRun.of("get", "--credentials", map.toString(), "coap://h/");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("cannot protect coap://").contains("Nothing was sent");
  }

  @Test
  void aProxyIsNotShownTheCredentialsOfTheServerBehindIt() {
    Path map =
        PrivateFiles.write(
            folder,
            "map.json",
            "{\"*\": {\"dtls\": {\"psk\": {\"hex\": \"00\"}, \"client-identity\": {\"ascii\":"
                + " \"a\"}}}}");
    CommandRun run =
        CommandRun.of(
            "get", "--credentials", map.toString(), "-P", "coaps://127.0.0.1", "coaps://h/x");
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err())
        .contains("with that server, and -P has the handshake with coaps://127.0.0.1")
        .contains("Nothing was sent");
  }

  private void refused(String message, String... flags) {
    assertThatThrownBy(() -> open("coaps://h/", flags))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(message);
  }

  private OpenedCredentials open(String uri, String... flags) {
    return open(List.of(), uri, flags);
  }

  private OpenedCredentials open(List<Path> maps, String uri, String... flags) {
    TlsClientFlags parsed = new TlsClientFlags();
    var unused = new CommandLine(parsed).parseArgs(flags);
    parsed.check();
    PrintWriter writer = new PrintWriter(notes, true);
    return parsed.open(
        uri, CoapUri.parse(uri), maps, false, new Console("moat get", writer, writer));
  }

  private static Bytes octets(PreSharedKey key) {
    return key.key().use(Bytes::copyOf);
  }
}
