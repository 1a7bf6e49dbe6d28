package dev.moat.cli.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.keys.Pem;
import org.junit.jupiter.api.Test;

/** Records of octets that are secret do not print them. */
class SecretRecordsTest {
  private static final Bytes SECRET = Bytes.hex("5ec7e75ec7e75ec7e75ec7e75ec7e75e");

  @Test
  void aSharedKeyPrintsNeitherKeyNorCredentials() {
    SharedKey key =
        new SharedKey(
            Bytes.of(7), SecretBytes.copyOf(SECRET.toArray()), SECRET, SECRET.plus(SECRET));
    assertThat(key.toString()).contains("07").doesNotContain("5ec7e7");
  }

  @Test
  void aBlockOfPemPrintsItsLabelOnly() {
    assertThat(new Pem("PRIVATE KEY", SECRET).toString())
        .contains("PRIVATE KEY")
        .doesNotContain("5ec7e7");
  }
}
