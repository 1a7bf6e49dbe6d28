package dev.moat.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code moat lab}. */
class LabCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int lab(String... arguments) {
    return new CommandLine(new LabCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void printsTheTableAndTheEvidenceOfAFewRuns() {
    assertThat(lab("--virtual", "--figure", "3", "--stack", "rfc7252")).isZero();
    assertThat(out.toString())
        .contains("Figure 3, Delaying a request, against rfc7252 (NoSec over virtual): succeeded")
        .contains("executes PUT /lock \"0\": lock is now open")
        .contains("FALLS")
        .contains("1 runs, every verdict as expected.")
        .doesNotContain("\u001b");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void playsOverUdpUnlessToldOtherwise() {
    assertThat(lab("--figure", "1", "--stack", "moat")).isZero();
    assertThat(out.toString()).contains("(NoSec over udp): detected");
  }

  @Test
  void playsOverTheTransportThatIsNamed() {
    assertThat(lab("--transport", "tcp", "--figure", "4", "--stack", "moat")).isZero();
    assertThat(out.toString())
        .contains("against moat (NoSec over tcp): not-applicable")
        .contains("it would overtake \"unlock\", and nothing overtakes on an ordered transport");
    assertThat(lab("--transport", "dtls-psk", "--figure", "1", "--stack", "moat")).isZero();
    assertThat(out.toString())
        .contains("against moat (NoSec over dtls-psk): detected")
        .contains("DTLS application_data epoch=1");
  }

  @Test
  void namesTheTransportsThereAreWhenAskedForAnother() {
    assertThat(lab("--transport", "quic")).isEqualTo(2);
    assertThat(err.toString())
        .contains("no transport quic; there are udp, dtls-psk, dtls-x509-cid, tls, tcp, wss");
    assertThat(lab("--virtual", "--all")).isEqualTo(2);
    assertThat(err.toString()).contains("--virtual is a transport of its own");
  }

  @Test
  void writesJsonAndAPage(@TempDir Path folder) throws IOException {
    Path json = folder.resolve("lab.json");
    Path html = folder.resolve("lab.html");
    assertThat(
            lab(
                "--virtual",
                "--figure",
                "10",
                "--json",
                json.toString(),
                "--html",
                html.toString()))
        .isZero();
    JsonNode runs = new ObjectMapper().readTree(json.toFile()).get("runs");
    assertThat(runs).hasSize(18);
    assertThat(html).content().contains("<svg ");
  }

  @Test
  void printsNothingButJsonWhenAsked() throws IOException {
    assertThat(lab("--virtual", "--figure", "8", "--json", "-")).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).get("runs")).hasSize(9);
  }

  @Test
  void listsAttacksAndStacks() {
    assertThat(lab("--list")).isZero();
    assertThat(out.toString())
        .contains(
            "10-proximity",
            "amplification",
            "rfc9175:request-tag",
            "NoSec.",
            "moat:oscore",
            "OSCORE.",
            "dtls-x509-cid        DTLS-X.509 with CID, for rfc7252, moat",
            "tcp                  TCP, for rfc7252, moat, oscore, moat:oscore");
  }

  @Test
  void namesTheFiguresThereAreWhenAskedForAnother() {
    assertThat(lab("--figure", "11")).isEqualTo(2);
    assertThat(err.toString()).contains("no figure 11; there are 1, 2, 3");
  }
}
