package dev.moat.oscore.context;

import static dev.moat.oscore.Fixture.builder;
import static dev.moat.oscore.Fixture.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import org.junit.jupiter.api.Test;

class ContextParametersTest {
  private static final Bytes SECRET = Bytes.hex("5ec12e7a5ec12e7a5ec12e7a5ec12e7a");

  @Test
  void hasTheDefaultsOfSection32() {
    ContextParameters plain = builder(SECRET, Bytes.empty(), Bytes.of(1)).build();
    assertThat(plain.aead()).isEqualTo(AeadAlgorithm.AES_CCM_16_64_128);
    assertThat(plain.hkdf()).isEqualTo(HashAlgorithm.SHA_256);
    assertThat(plain.masterSalt()).isEqualTo(Bytes.empty());
    assertThat(plain.idContext()).isEmpty();
    assertThat(plain.replayWindow()).isEqualTo(32);
    assertThat(plain.keyUsageLimits()).isEqualTo(KeyUsageLimits.of(plain.aead()));
  }

  @Test
  void refusesIdsThatAreEqual() {
    assertThatThrownBy(() -> builder(SECRET, Bytes.of(1), Bytes.of(1)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Sender ID and Recipient ID");
    assertThatThrownBy(() -> builder(SECRET, Bytes.empty(), Bytes.empty()).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesIdsLongerThanTheNonceLeavesRoomFor() {
    assertLongestId(AeadAlgorithm.AES_CCM_16_64_128, 7);
    assertLongestId(AeadAlgorithm.AES_CCM_64_64_128, 1);
    assertLongestId(AeadAlgorithm.AES_GCM_128, 6);
    assertLongestId(AeadAlgorithm.CHACHA20_POLY1305, 6);
  }

  private static void assertLongestId(AeadAlgorithm aead, int most) {
    Bytes longest = Bytes.owned(new byte[most]);
    Bytes longer = Bytes.owned(new byte[most + 1]);
    assertThat(builder(SECRET, longest, Bytes.of(1)).aead(aead).build().senderId())
        .isEqualTo(longest);
    assertThatThrownBy(() -> builder(SECRET, longer, Bytes.of(1)).aead(aead).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Sender ID of " + (most + 1));
    assertThatThrownBy(() -> builder(SECRET, Bytes.of(1), longer).aead(aead).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Recipient ID of " + (most + 1));
  }

  @Test
  void refusesAnIdContextAndAWindowOutOfRange() {
    assertThat(client().idContext(Bytes.owned(new byte[255])).build().idContext()).isPresent();
    assertThatThrownBy(() -> client().idContext(Bytes.owned(new byte[256])).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ID Context");
    assertThatThrownBy(() -> client().replayWindow(65))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client().replayWindow(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reversesToThePeersView() {
    ContextParameters own =
        client()
            .idContext(Bytes.of(7))
            .hkdf(HashAlgorithm.SHA_512)
            .replayWindow(8)
            .keyUsageLimits(new KeyUsageLimits(5, 5, 5))
            .build();
    ContextParameters peer = own.reversed();
    assertThat(peer.senderId()).isEqualTo(own.recipientId());
    assertThat(peer.recipientId()).isEqualTo(own.senderId());
    assertThat(peer.masterSecret()).isEqualTo(own.masterSecret());
    assertThat(peer.masterSalt()).isEqualTo(own.masterSalt());
    assertThat(peer.idContext()).isEqualTo(own.idContext());
    assertThat(peer.hkdf()).isEqualTo(own.hkdf());
    assertThat(peer.replayWindow()).isEqualTo(8);
    assertThat(peer.keyUsageLimits()).isEqualTo(own.keyUsageLimits());
  }

  @Test
  void keepsItsOwnCopyOfTheSecretAndErasesIt() {
    SecretBytes given = SecretBytes.copyOf(SECRET.toArray());
    ContextParameters parameters =
        ContextParameters.builder(given, Bytes.of(1), Bytes.of(2)).build();
    given.close();
    assertThat(parameters.masterSecret()).isEqualTo(SecretBytes.copyOf(SECRET.toArray()));
    parameters.close();
    assertThatThrownBy(() -> parameters.masterSecret().use(octets -> octets.length))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void printsNoSecret() {
    String text = client().idContext(Bytes.of(7)).build().toString();
    assertThat(text).isEqualTo("sender '02' recipient '01' context '07' AES_CCM_16_64_128 SHA_256");
    assertThat(builder(SECRET, Bytes.of(1), Bytes.of(2)).masterSalt(SECRET).build().toString())
        .doesNotContain("5ec12e7a");
  }
}
