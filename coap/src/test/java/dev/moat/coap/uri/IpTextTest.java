package dev.moat.coap.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTextTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "::ffff:192.0.2.1, ::ffff:c000:201",
    "1:2:3:4:5:6:192.0.2.1, 1:2:3:4:5:6:c000:201",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8"
  })
  void writesAddressesInTheirCanonicalForm(String text, String canonical) {
    assertThat(IpText.parse(text).map(IpText::format)).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3.x",
        "1.2.3.-4",
        "1.2.3.",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "12345::",
        "g::",
        "::g",
        "1.2.3.4::",
        "1.2.3.4:1:2:3:4:5:6:7",
        "::1.2.3",
        "::1.2.3.4:1",
        "fe80::1%e"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThat(IpText.parse(text)).isEmpty();
  }

  @Test
  void readsBackWhatItWrites() {
    Seeded.check(
        300,
        arbitrary -> {
          byte[] address = arbitrary.random().bytes(arbitrary.chance(50) ? 4 : 16).toArray();
          for (int i = 0; i < address.length; i++) {
            address[i] = arbitrary.chance(60) ? 0 : address[i];
          }
          Bytes octets = Bytes.owned(address);
          assertThat(IpText.parse(IpText.format(octets))).contains(octets);
        });
  }

  @Test
  void refusesAnAddressOfAnotherLength() {
    assertThatIllegalArgumentException().isThrownBy(() -> IpText.format(Bytes.of(1, 2, 3)));
  }
}
