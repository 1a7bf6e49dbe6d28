package dev.moat.endpoint.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeWordsTest {
  private static final HandshakeWords CLIENT = new HandshakeWords(true, Optional.empty());
  private static final HandshakeWords WITH_KEY = new HandshakeWords(true, Optional.of("lock"));
  private static final HandshakeWords SERVER = new HandshakeWords(false, Optional.of("lock"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0   | the server gave the handshake up
          20  | the server could not verify the end of the handshake
          40  | the server found no common cipher suite, or wants other credentials than ours
          42  | the server refused our certificate or public key, or misses one
          43  | the server does not support our kind of certificate
          44  | the server says that our certificate is revoked
          45  | the server says that our certificate has expired or is not valid yet
          46  | the server does not accept our certificate or public key
          48  | the server trusts no authority that vouches for our certificate
          49  | the server denies us access
          70  | the server does not speak DTLS 1.2
          71  | the server wants stronger cipher suites than ours
          80  | the server had an internal fault
          115 | the server does not know our PSK identity
          47  | the server refused the handshake with alert 47
          """)
  void alertsOfThePeerAreSentences(int description, String sentence) {
    assertThat(CLIENT.alertReceived(description)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0   | the server gave the handshake up
          51  | the server could not prove that it holds its key
          40  | the server shares no cipher suite with us, or has no credentials for one
          42  | the server showed no certificate or public key that can be used
          70  | the server does not speak DTLS 1.2
          80  | an internal fault ended the handshake
          115 | the server is not known here by its PSK identity
          10  | the server did not keep to the protocol (alert 10)
          """)
  void alertsOfOurOwnAreSentences(int description, String sentence) {
    assertThat(CLIENT.alertSent(description)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 51})
  void withPreSharedKeysAnUnverifiableRecordMeansAnotherKey(int description) {
    assertThat(WITH_KEY.alertReceived(description))
        .isEqualTo("the server has another key for the PSK identity \"lock\"");
    assertThat(SERVER.alertSent(description))
        .isEqualTo("the client has another key for the PSK identity \"lock\"");
  }

  @Test
  void silenceTellsWhatIsLikely() {
    assertThat(CLIENT.silence(false)).isEqualTo("the server did not answer");
    assertThat(CLIENT.silence(true)).isEqualTo("the server fell silent during the handshake");
    assertThat(WITH_KEY.silence(true)).contains("does not know our PSK identity \"lock\"");
    assertThat(SERVER.silence(false)).isEqualTo("the client did not go on");
    assertThat(SERVER.silence(true)).contains("another key for its PSK identity \"lock\"");
  }

  @Test
  void theExtendedMasterSecretIsNamed() {
    assertThat(SERVER.noExtendedMasterSecret()).contains("the client", "RFC 7627");
    assertThat(CLIENT.unverifiable()).contains("different keys");
    assertThat(HandshakeWords.tooMany()).isNotEmpty();
  }

  @Test
  void whatAPeerChoseCannotDisturbAScreen() {
    HandshakeWords words = new HandshakeWords(false, Optional.of("a\u001b[2Jb" + "x".repeat(500)));
    assertThat(words.alertSent(115)).contains("a\ufffd[2Jb").hasSizeLessThan(200);
  }
}
