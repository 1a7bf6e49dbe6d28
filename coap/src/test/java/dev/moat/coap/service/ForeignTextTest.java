package dev.moat.coap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "CN=lock, O=Example \"~\"", "Schl\u00f6sser \u9375 \ud835\udc9c 4"})
  void keepsWhatCanBeRead(String text) {
    assertThat(ForeignText.printable(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000", "\n", "\r", "\u001b", "\u007f", "\u0085", "\u2028", "\u202e", "\u200b", "\u2066",
        "\ufeff", "\ud800", "\u00a0"
      })
  void replacesWhatDisturbsALogOrAScreen(String text) {
    assertThat(ForeignText.printable("a" + text + "b")).isEqualTo("a\ufffdb");
  }

  @Test
  void endsAfterAHundredCharacters() {
    assertThat(ForeignText.printable("x".repeat(101))).hasSize(100);
    assertThat(ForeignText.printable("\ud835\udc9c".repeat(101))).hasSize(200);
  }

  @Test
  void identitiesShowNothingElse() {
    assertThat(new PeerIdentity.PreSharedKey("a\u202eb\n").words())
        .isEqualTo("PSK identity \"a\ufffdb\ufffd\"");
    assertThat(new PeerIdentity.Certificate("CN=\u001b[2J", Bytes.empty()).words())
        .isEqualTo("certificate of CN=\ufffd[2J");
  }
}
