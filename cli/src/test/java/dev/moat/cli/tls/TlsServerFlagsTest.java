package dev.moat.cli.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.cli.CommandRun;
import dev.moat.cli.console.Console;
import dev.moat.cli.oscore.PrivateFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A server's credentials, from flags and files to what an endpoint takes. */
class TlsServerFlagsTest {
  @TempDir static Path shared;
  private static TlsFiles files = new TlsFiles(Path.of("."));

  @TempDir Path folder;
  private final StringWriter notes = new StringWriter();

  @BeforeAll
  static void make() {
    files = TlsFiles.make(shared);
  }

  @Test
  void keysComeFromFlagsFilesAndMaps() {
    Path many =
        PrivateFiles.write(
            folder,
            "ids",
            "# libcoap\n\nCoAP,tablet,0123456789abcdef,x\nother,tv,fedcba9876543210\n");
    try (OpenedCredentials opened =
        open(
            List.of(shared.resolve("phone.json")),
            "-u",
            "pad",
            "-k",
            "0123456789abcdef",
            "-i",
            many.toString())) {
      assertThat(opened.credentials().acceptedKeys()).containsOnlyKeys("pad", "tablet", "phone");
      assertThat(opened.credentials().acceptedKeys().get("tablet").key().length()).isEqualTo(18);
      assertThat(opened.words()).isEqualTo("PSK with 3 identities");
    }
    try (OpenedCredentials opened = open(List.of(), "-i", many.toString(), "-h", "other")) {
      assertThat(opened.credentials().acceptedKeys()).containsOnlyKeys("tv");
      assertThat(notes.toString()).contains("hint of -h is not sent");
    }
  }

  @Test
  void certificatesAreForBothSides() {
    try (OpenedCredentials opened =
        open(List.of(), "-c", files.at("house-server.pem"), "-C", files.at("house-ca.pem"), "-n")) {
      assertThat(opened.credentials().anonymousClients()).isTrue();
      assertThat(opened.words()).contains("certificate of CN=house server");
    }
  }

  @Test
  void clientsShowNoCertificateToAServerThatShowsNone() {
    String ca = files.at("house-ca.pem");
    assertThatThrownBy(() -> open(List.of(), "-u", "pad", "-k", "0123456789abcdef", "-C", ca))
        .hasMessageContaining("-C is of no use: without a certificate or raw public key");
    assertThatThrownBy(
            () ->
                open(List.of(shared.resolve("phone.json")), "--peer-key", files.at("lock.pub.pem")))
        .hasMessageContaining("--peer-key is of no use");
    open(List.of(), "-M", files.at("pad.pem"), "-C", ca).close();
  }

  @Test
  void oneIdentityHasOneKey() {
    assertThatThrownBy(
            () ->
                open(
                    List.of(shared.resolve("phone.json")), "-u", "phone", "-k", "0123456789abcdef"))
        .hasMessageContaining("the PSK identity 'phone' has two keys");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-k s3cret | whose key is it? Add -u IDENTITY",
        "-n | needs one of the server: add -c FILE",
        "-u p -k s3cret --listen coap://127.0.0.1:0 | -k is for DTLS and TLS, and no --listen has either",
        "-c x --listen coap://127.0.0.1:0 --listen coap+tcp://127.0.0.1:0 | -c is for DTLS and TLS",
        "-i x -c y --listen coaps+tcp://127.0.0.1:0 | -i is for DTLS, which no --listen has",
        "-c y --peer-key x --listen coaps+ws://127.0.0.1:0 | --peer-key is for DTLS, which",
        "--listen coaps://127.0.0.1:0 | cannot listen on coaps://127.0.0.1:0",
        "--listen http://127.0.0.1 | --listen takes coap, coaps",
        "--listen coap://127.0.0.1/x | a listener has no path",
        "--listen coap://127.0.0.1:0 --port 0 | leave --port and --bind out"
      })
  void wrongUsageIsExplained(String line, String message) {
    CommandRun run = CommandRun.of(("serve " + line).split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("s3cret").doesNotContain("\tat ");
  }

  @Test
  void namesTheLineThatIsWrong() {
    Path many = PrivateFiles.write(folder, "ids", "CoAP,tablet,0123456789abcdef\nCoAP,tv\n");
    assertThatThrownBy(() -> open(List.of(), "-i", many.toString()))
        .hasMessageContaining("ids:2 is not hint,identity,key");
    Path none = PrivateFiles.write(folder, "none", "other,tv,0123456789abcdef\n");
    assertThatThrownBy(() -> open(List.of(), "-i", none.toString()))
        .hasMessageContaining("has no key for the hint 'CoAP'");
  }

  @Test
  void namesAnEntryOfAnUnknownKind() {
    Path map =
        PrivateFiles.write(folder, "map.json", "{\"a\": {\"x509\": {}}, \"b\": {\"any-of\": []}}");
    assertThatThrownBy(() -> open(List.of(map)))
        .hasMessageContaining("map.json: b has credentials of the kind any-of");
  }

  private OpenedCredentials open(List<Path> maps, String... flags) {
    TlsServerFlags parsed = new TlsServerFlags();
    var unused = new CommandLine(parsed).parseArgs(flags);
    parsed.check();
    PrintWriter writer = new PrintWriter(notes, true);
    return parsed.open(maps, false, new Console("moat serve", writer, writer));
  }
}
