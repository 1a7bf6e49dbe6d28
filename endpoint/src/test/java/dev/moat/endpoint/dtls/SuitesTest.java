package dev.moat.endpoint.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.engine.resource.Router;
import java.util.Arrays;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cipher suites that the application chose. */
@Timeout(60)
class SuitesTest {
  private static DtlsConfig client(DtlsSuite... suites) {
    return Side.config(Keys.client()).clientRole().withSuites(suites);
  }

  private static DtlsConfig server(DtlsSuite... suites) {
    return Side.config(Keys.server()).serverRole().withSuites(suites);
  }

  @Test
  void associatesBySuitesThatBothHave() {
    try (Side server = Side.of(server(DtlsSuite.TLS_PSK_WITH_AES_128_CCM_8), Router.of());
        Side client = Side.client(Keys.client())) {
      assertThat(client.connect(server.address(), "127.0.0.1").association()).isPositive();
    }
  }

  @Test
  void refusesWhenBothHaveOthers() {
    try (Side server = Side.of(server(DtlsSuite.TLS_PSK_WITH_AES_128_CCM_8), Router.of());
        Side client =
            Side.of(client(DtlsSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256), Router.of())) {
      assertThat(client.refusal(server.address(), "127.0.0.1")).contains("no common cipher suite");
    }
  }

  @Test
  void needsASuiteThatGoesWithTheCredentials() {
    assertThatIllegalArgumentException().isThrownBy(() -> client());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Side.of(client(DtlsSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8), Router.of()).close())
        .withMessageContaining("no association possible");
  }

  @Test
  void everySuiteIsOneOfTheLibrarysAndUsable() {
    assertThat(Arrays.stream(DtlsSuite.values()).map(DtlsSuite::inScandium))
        .doesNotHaveDuplicates()
        .allMatch(CipherSuite::isSupported)
        .hasSameSizeAs(DtlsSuite.values());
  }
}
