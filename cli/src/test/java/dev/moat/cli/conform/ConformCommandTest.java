package dev.moat.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformCommandTest {
  private static final List<String> COPIED =
      List.of(
          "coap-udp-messages",
          "coap-tcp-messages",
          "coap-uri",
          "echo-request-tag",
          "oscore-rfc8613-appendix-c",
          "oscore-derived",
          "oscore-option",
          "oscore-replay-window",
          "oscore-interop-captures",
          "oscore-negative",
          "oscore-interop-spec",
          "oscore-kudos-draft14",
          "cose-examples",
          "x509-certificates",
          "aes-ccm-rfc3610",
          "wycheproof-aes-ccm",
          "wycheproof-aes-gcm",
          "wycheproof-chacha20-poly1305",
          "wycheproof-hkdf-sha256",
          "wycheproof-x25519",
          "wycheproof-ecdh-p256-ecpoint",
          "wycheproof-ecdsa-p256-sha256-p1363",
          "wycheproof-ed25519",
          "edhoc-codec-examples",
          "edhoc-rfc9529-traces",
          "edhoc-derived-traces",
          "edhoc-psk",
          "edhoc-rfc9529-invalid",
          "edhoc-negative",
          "edhoc-oscore-rfc9668");

  @TempDir Path folder;

  private VectorFolder vectors;

  @BeforeEach
  void useAnEmptyFolder() {
    vectors = new VectorFolder(folder);
  }

  @Test
  void passesEveryCaseOfTheSharedVectors() throws IOException {
    vectors.copyAll(COPIED);
    CommandRun run = vectors.run();
    assertThat(run.out()).contains("passed: 2182 cases, 0 failed, 0 files not run");
    assertThat(run.status()).isZero();
  }

  @Test
  void runsOnlyTheWantedKinds() throws IOException {
    vectors.copyAll(List.of("coap-uri", "echo-request-tag"));
    CommandRun run = vectors.run("--kind", "coap-uri");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("coap-uri.json: 10 of 10").doesNotContain("echo");
  }

  @Test
  void failsOnAFileOfAnUnknownKindUnlessItIsLeftOut() throws IOException {
    vectors.copyAll(
        List.of("coap-uri", "echo-request-tag", "wycheproof-aes-ccm", "wycheproof-aes-gcm"));
    Files.writeString(folder.resolve("tea.json"), "{\"cases\":[{\"id\":\"earl-grey\"}]}");
    CommandRun all = vectors.run();
    assertThat(all.status()).isEqualTo(1);
    assertThat(all.out()).contains("NOT RUN  tea.json: tea: kind not yet supported");
    assertThat(all.err()).contains("--kind");
    CommandRun some = vectors.run("--kind", "coap-*,echo-request-tag,wycheproof-aes-ccm");
    assertThat(some.out()).contains("wycheproof-aes-ccm.json").doesNotContain("aes-gcm");
    assertThat(some.status()).isZero();
  }

  /** Files of EDHOC have members of the same names. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"role_under_test\": \"Initiator\", \"message\": \"error\", \"value\": \"\" | edhoc-negative",
        "\"target\": \"message_1\", \"value\": \"00\" | edhoc-invalid",
        "\"message\": \"00\", \"decoded\": {} | edhoc-oscore-rfc9668",
        "\"message\": \"00\", \"decoded\": {}, \"transport\": \"sms\" | other",
        "\"type\": \"DsaVerify\", \"tests\": [{\"tcId\": 1}] | other"
      })
  void takesNoOtherKindForOneOfOscore(String members, String kind) throws IOException {
    String one = "{" + members + ", \"expected\": \"reject\"}";
    Files.writeString(folder.resolve("other.json"), "{\"cases\": [" + one + "]}");
    CommandRun run = CommandRun.of("conform", folder.toString(), "--json");
    JsonNode file = new ObjectMapper().readTree(run.out()).path("files").path(0);
    assertThat(file.path("kind").asText()).isEqualTo(kind);
  }

  @Test
  void failsWhenAWantedKindIsNotThere() throws IOException {
    vectors.copyAll(List.of("echo-request-tag"));
    CommandRun run = CommandRun.of("conform", folder.toString(), "--kind", "coap-uri");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("MISSING  no file of kind coap-uri");
  }

  @Test
  void tellsTheKindByContentNotByName() throws IOException {
    Files.move(vectors.copy("coap-uri"), folder.resolve("other-name.json"));
    CommandRun run = CommandRun.of("conform", folder.toString(), "--kind", "coap-uri");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("other-name.json: 10 of 10 passed");
  }

  /** Each plants one lie into a file of vectors. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "coap-udp-messages | \"message_id\": 32055   | \"message_id\": 32056 | message_id",
        "coap-udp-messages | \"code\": \"2.05\"      | \"code\": \"2.04\"    | code",
        "coap-udp-messages | \"reserved-nibble-15\"  | \"truncated-token\"   | error_class",
        "coap-udp-messages | \"expected\": \"malformed\" | \"expected\": \"ok\" | refused with",
        "coap-udp-messages | \"message\": \"60007d38\" | \"message\": \"6x\" | cannot be run",
        "coap-tcp-messages | \"message\": \"01e242\" | \"message\": \"01e342\" | code",
        "coap-tcp-messages | \"expected\": \"incomplete\" | \"expected\": \"ok\" | refused with",
        "coap-tcp-messages | \"expected\": \"incomplete\" | \"expected\": \"malformed\" | outcome",
        "coap-tcp-messages | \"expected\": \"incomplete\" | \"expected\": \"what\" | neither ok",
        "coap-tcp-messages | \"expected\": \"ok\" | \"expected\": \"malformed\" | accepted as",
        "coap-tcp-messages | \"expected\": \"accepted\" | \"expected\": \"abort\" | aborted is false",
        "coap-tcp-messages | \"expected\": \"abort\" | \"expected\": \"accepted\" | aborted: the first",
        "coap-tcp-messages | \"expected\": \"abort\" | \"expected\": \"what\" | neither accepted",
        "coap-tcp-messages | \"value\": \"0a\" | \"value\": \"0b\" | option 2 value",
        "coap-tcp-messages | \"message\": \"014553 | \"message\": \"114553 | non-zero-len",
        "coap-uri | \"direction\": \"reject\" | \"direction\": \"decompose\" | refused",
        "coap-uri | \"destination_port\": 61616 | \"destination_port\": 5683 | port",
        "coap-uri | \"bla=fasel\"           | \"bla=phasel\"        | uri_query",
        "echo-request-tag | \"sender\": \"server\"  | \"sender\": \"foe\"   | sender",
        "echo-request-tag | 6144200353d10e10        | 615f200353d10e10      | code",
        "oscore-rfc8613-appendix-c | 8540f60a634b657910 | 8540f60a634b657911 | info_sender_key",
        "oscore-rfc8613-appendix-c | 4722d4dd6d944169eefb54987c | 4722d4dd6d944169eefb54987d | nonce",
        "oscore-rfc8613-appendix-c | \"plaintext\": \"01b3 | \"plaintext\": \"02b3 | plaintext",
        "oscore-rfc8613-appendix-c | \"response_uses_partial_iv\": true | \"response_uses_partial_iv\": false | response_uses",
        "oscore-rfc8613-appendix-c | \"request_piv\": \"14\" | \"request_piv\": \"15\" | request_piv",
        "oscore-rfc8613-appendix-c | \"id\": \"rfc8613-C.4\" | \"id\": \"x\" | no case has the id",
        "oscore-rfc8613-appendix-c | \"kid\": \"25\" | \"kid\": \"26\" | kid is",
        "oscore-derived | \"kid\": \"02\" | \"kid\": \"03\" | request: kid",
        "oscore-derived | \"aead_algorithm\": 30 | \"aead_algorithm\": 10 | sender_key",
        "oscore-derived | \"aead_algorithm\": 30 | \"aead_algorithm\": 99 | not known",
        "oscore-derived | \"sender_sequence_number\": 5, | \"sender_sequence_number\": 6, | partial_iv",
        "oscore-derived | \"hkdf\": \"HKDF SHA-512\" | \"hkdf\": \"HKDF SHA-256\" | sender_key",
        "oscore-derived | \"oscore_option\": \"0107\" | \"oscore_option\": \"0108\" | oscore_option",
        "oscore-option | 0700000000000000 | 0401020304 | accepted",
        "oscore-option | \"partial_iv\": \"ffffffffff\" | \"partial_iv\": \"fffffffffe\" | partial_iv",
        "oscore-replay-window | \"window_size\": 32 | \"window_size\": 1 | accepted by the",
        "oscore-interop-captures | \"aad_array\": \"8501810a40410040\" | \"aad_array\": \"8501810a40410041\" | aad_array",
        "oscore-interop-captures | \"expected\": \"unprotected response\" | \"expected\": \"verifies\" | NOT_PROTECTED",
        "oscore-interop-captures | 48656c6c6f20576f726c6421 | 48656c6c6f20576f726c6422 | response_inner payload",
        "oscore-interop-captures | 7370616d\" | 7370616e\" | kid",
        "oscore-negative | \"expected\": \"2.05-protected\" | \"expected\": \"4.04\" | code is",
        "oscore-negative | \"expected\": \"4.00\" | \"expected\": \"2.05-protected\" | verifies",
        "oscore-negative | \"expected\": \"2.05 Hello World!\" | \"expected\": \"2.05 Hello\" | outcome",
        "oscore-negative | \"expected\": \"report-unprotected-error\" | \"expected\": \"2.05 Hello World!\" | outcome",
        "oscore-negative | \"precondition\": \"after ok\" | \"precondition\": \"after x\" | no case has the id",
        "oscore-negative | \"role_under_test\": \"client\" | \"role_under_test\": \"proxy\" | lacks the fields",
        "oscore-kudos-draft14 | \"X_N\": \"4049 | \"X_N\": \"4149 | X_N",
        "oscore-kudos-draft14 | \"oscore_option\": \"8901 | \"oscore_option\": \"8902 | oscore_option",
        "cose-examples | \"expected\": \"fail\" | \"expected\": \"pass\" | refused with",
        "cose-examples | \"plaintext\": \"54 | \"plaintext\": \"55 | plaintext",
        "cose-examples | \"sig_structure\": \"846a | \"sig_structure\": \"846b | sig_structure",
        "cose-examples | 3b0916e5a4c345cacb36 | 3b0916e5a4c345cacb37 | VERIFICATION_FAILED",
        "x509-certificates | \"sha256\": \"c24ab | \"sha256\": \"c24ac | sha256",
        "x509-certificates | CN=EDHOC Root Ed25519 | CN=EDHOC Root | subject differ",
        "x509-certificates | 2b7b3e8057c8642944d0 | 2b7b3e8057c8642944d1 | signature",
        "x509-certificates | a11822822e48 | a11822822e49 | id_cred_x5t",
        "x509-certificates | 2022-03-16 08:24:00 | 2022-03-16 08:24:01 | not_before",
        "cose-examples | AES-CCM-16-128/64\" | AES-CCM\" | not known",
        "aes-ccm-rfc3610 | 588c979a61c6 | 588c979a61c7 | ciphertext_with_tag",
        "wycheproof-aes-ccm | \"result\":\"invalid\" | \"result\":\"valid\" | plaintext",
        "wycheproof-aes-gcm | \"result\":\"valid\" | \"result\":\"invalid\" | opened",
        "wycheproof-chacha20-poly1305 | \"result\":\"valid\" | \"result\":\"odd\" | none of valid",
        "wycheproof-hkdf-sha256 | \"size\":42 | \"size\":41 | okm",
        "wycheproof-x25519 | 436a2c040cf45fea | 436a2c040cf45feb | shared",
        "wycheproof-x25519 | \"result\":\"acceptable\" | \"result\":\"valid\" | refused: LOW_ORDER",
        "wycheproof-x25519 | \"result\":\"valid\" | \"result\":\"odd\" | none of valid",
        "wycheproof-ecdh-p256-ecpoint | \"result\":\"invalid\" | \"result\":\"valid\" | refused: NOT_ON_CURVE",
        "wycheproof-ecdh-p256-ecpoint | 53020d908b0219328b | 53020d908b0219328c | shared",
        "wycheproof-ecdsa-p256-sha256-p1363 | \"result\":\"valid\" | \"result\":\"invalid\" | not refused",
        "wycheproof-ecdsa-p256-sha256-p1363 | 2ba3a8be6b94d5ec | 2ba3a8be6b94d5ed | does not verify",
        "wycheproof-ed25519 | \"result\":\"invalid\" | \"result\":\"valid\" | does not verify",
        "wycheproof-ed25519 | \"pk\":\"7d4d0e7f | \"pk\":\"7d4d0e7e | refused"
      })
  void namesTheCaseThatFails(String file, String truth, String lie, String what)
      throws IOException {
    assertThat(vectors.lie(file, truth, lie).out()).contains(what);
  }

  /** Whose cases take seconds, as they wait for timers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "oscore-interop-spec | \"code\": \"5.00\" | \"code\": \"5.03\" | notification 3 code",
        "oscore-interop-spec | \"code\": \"0.05 FETCH\" | \"code\": \"0.02 POST\" | request_outer code",
        "oscore-interop-spec | \"client_context\": \"C\" | \"client_context\": \"X\" | no context X",
        "oscore-interop-spec | A with other Sender Key | A with other Salt | context with other Salt",
        "oscore-interop-spec | \"code\": \"2.02 Deleted\" | \"code\": \"2.04 Changed\" | response_inner code"
      })
  void namesTheSlowCaseThatFails(String file, String truth, String lie, String what)
      throws IOException {
    assertThat(vectors.lieAlone(file, truth, lie).out()).contains(what);
  }

  @Test
  void saysWhichCasesOfAFileAreNotSupportedWithoutCountingThemAsPassed() throws IOException {
    Path window = vectors.copy("oscore-replay-window");
    String text = Files.readString(window);
    Files.writeString(window, text.replaceFirst("\"start\": \"empty\"", "\"start\": \"odd\""));
    CommandRun one = CommandRun.of("conform", folder.toString(), "--kind", "oscore-replay-window");
    assertThat(one.out())
        .contains("NOT RUN  oscore-replay-window.json 1 case: a window that starts as 'odd'")
        .contains("passed: 1 cases, 0 failed, 1 cases not supported");
    assertThat(one.status()).isZero();
    Files.writeString(window, text.replace("\"start\": \"empty\"", "\"start\": \"odd\""));
    CommandRun none =
        CommandRun.of("conform", folder.toString(), "--kind", "oscore-replay-window", "--json");
    assertThat(none.status()).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(none.out());
    assertThat(json.path("casesNotRun").asInt()).isEqualTo(2);
    assertThat(json.path("files").path(0).path("cases").path(0).path("notRun").asText())
        .contains("odd");
  }

  @Test
  void reportsAnUnreadableFile() throws IOException {
    Files.writeString(folder.resolve("broken.json"), "{");
    CommandRun run = CommandRun.of("conform", folder.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("NOT RUN  broken.json").contains("not JSON");
  }

  @Test
  void printsJson() throws IOException {
    vectors.copyAll(List.of("coap-uri", "wycheproof-hkdf-sha256"));
    CommandRun run = vectors.run("--json");
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("passed").asBoolean(false)).isTrue();
    assertThat(json.path("cases").asInt()).isEqualTo(96);
    assertThat(json.path("files")).hasSize(2);
  }

  @Test
  void wantsAFolderWithVectors() {
    assertThat(CommandRun.of("conform").status()).isEqualTo(2);
    CommandRun nowhere = CommandRun.of("conform", folder.resolve("nowhere").toString());
    assertThat(nowhere.status()).isEqualTo(1);
    assertThat(nowhere.err()).contains("is not a folder");
  }
}
