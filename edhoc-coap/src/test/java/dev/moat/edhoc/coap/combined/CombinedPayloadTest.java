package dev.moat.edhoc.coap.combined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import org.junit.jupiter.api.Test;

class CombinedPayloadTest {
  @Test
  void takesApartWhatItPutTogether() {
    CombinedPayload payload = new CombinedPayload(Bytes.hex("420102"), Bytes.hex("aabb"));
    assertThat(CombinedPayload.read(payload.encoded())).contains(payload);
  }

  @Test
  void refusesWhatIsNoByteStringWithSomethingBehindIt() {
    for (String hex : new String[] {"", "42", "4201", "420102", "01aa", "6161aa", "5f41aaffaa"}) {
      assertThat(CombinedPayload.read(Bytes.hex(hex))).as(hex).isEmpty();
    }
  }
}
