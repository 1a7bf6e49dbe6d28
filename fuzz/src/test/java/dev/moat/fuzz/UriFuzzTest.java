package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.UriFormatException;
import org.junit.jupiter.params.provider.MethodSource;

/** URIs that a user types (RFC 7252, Section 6). */
final class UriFuzzTest {
  @MethodSource("dev.moat.fuzz.Seeds#uris")
  @FuzzTest
  void parsesOrRefuses(@NotNull String text) {
    CoapUri uri;
    try {
      uri = CoapUri.parse(text);
    } catch (UriFormatException refused) {
      assertThat(refused.position()).isBetween(0, text.length());
      return;
    }
    assertThat(uri.options()).isNotNull();
    assertThat(CoapUri.parse(uri.toString())).as("written and read again").isEqualTo(uri);
  }
}
