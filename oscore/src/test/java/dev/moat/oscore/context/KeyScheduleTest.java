package dev.moat.oscore.context;

import static dev.moat.oscore.Fixture.CRYPTO;
import static dev.moat.oscore.Fixture.client;
import static dev.moat.oscore.Fixture.hex;
import static dev.moat.oscore.Fixture.parameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.testkit.Vectors;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyScheduleTest {
  @Nested
  class Derivation {
    @Test
    void givesTheKeysOfAppendixC() {
      int checked = 0;
      for (JsonNode node : Vectors.load("oscore-rfc8613-appendix-c.json", node -> node)) {
        if (node.path("kind").asText().equals("key-derivation")) {
          givesTheKeysAndNoncesOf(node);
          checked++;
        }
      }
      assertThat(checked).isEqualTo(6);
    }

    private void givesTheKeysAndNoncesOf(JsonNode node) {
      ContextParameters given = parameters(node, "");
      assertThat(info(given, given.senderId(), "Key")).isEqualTo(hex(node, "info_sender_key"));
      assertThat(info(given, given.recipientId(), "Key"))
          .isEqualTo(hex(node, "info_recipient_key"));
      assertThat(info(given, Bytes.empty(), "IV")).isEqualTo(hex(node, "info_common_iv"));
      try (DerivedKeys keys = KeySchedule.derive(given, CRYPTO)) {
        assertKeys(keys, node, "");
        assertThat(nonce(keys, given.senderId())).isEqualTo(hex(node, "sender_nonce_piv0"));
        assertThat(nonce(keys, given.recipientId())).isEqualTo(hex(node, "recipient_nonce_piv0"));
      }
    }

    private Bytes info(ContextParameters given, Bytes id, String type) {
      AeadAlgorithm aead = given.aead();
      int octets = type.equals("IV") ? aead.nonceOctets() : aead.keyOctets();
      return KeySchedule.info(id, given.idContext(), aead, type, octets);
    }

    private Bytes nonce(DerivedKeys keys, Bytes id) {
      NonceBase base = new NonceBase(keys.commonIv(), id);
      byte[] nonce = new byte[base.nonceOctets()];
      base.write(0, nonce);
      return Bytes.owned(nonce);
    }

    @Test
    void givesTheKeysOfTheDerivedVectorsForEveryAlgorithm() {
      List<JsonNode> cases = Vectors.load("oscore-derived.json", node -> node);
      assertThat(cases).hasSize(17);
      for (JsonNode node : cases) {
        JsonNode context = node.path("security_context");
        try (DerivedKeys keys = KeySchedule.derive(parameters(context, "client_"), CRYPTO)) {
          assertKeys(keys, context, "client_");
        }
      }
    }

    private void assertKeys(DerivedKeys keys, JsonNode node, String prefix) {
      assertThat(keys.senderKey()).isEqualTo(secret(hex(node, prefix + "sender_key")));
      assertThat(keys.recipientKey()).isEqualTo(secret(hex(node, prefix + "recipient_key")));
      assertThat(keys.commonIv()).isEqualTo(hex(node, "common_iv"));
    }

    private SecretBytes secret(Bytes octets) {
      return SecretBytes.copyOf(octets.toArray());
    }
  }

  @Nested
  class Names {
    @Test
    void theFingerprintIsStableAndTellsContextsApart() {
      ContextParameters given = client().build();
      ContextFingerprint name = ContextFingerprint.of(given, CRYPTO);
      assertThat(ContextFingerprint.of(client().build(), CRYPTO)).isEqualTo(name);
      assertThat(name)
          .isNotEqualTo(ContextFingerprint.of(given.reversed(), CRYPTO))
          .isNotEqualTo(of(client().idContext(Bytes.empty())))
          .isNotEqualTo(of(client().masterSalt(Bytes.empty())))
          .isNotEqualTo(of(client().aead(AeadAlgorithm.AES_CCM_16_64_256)));
      assertThat(of(client().replayWindow(0))).isEqualTo(name);
      assertThat(name.toString()).isEqualTo(name.octets().toHex()).hasSize(32);
    }

    private ContextFingerprint of(ContextParameters.Builder builder) {
      return ContextFingerprint.of(builder.build(), CRYPTO);
    }

    @Test
    void theAssociationIsStableAndHasTheTopBit() {
      try (KeySchedule one = new KeySchedule(client().build(), CRYPTO);
          KeySchedule again = new KeySchedule(client().build(), CRYPTO);
          KeySchedule peer = new KeySchedule(client().build().reversed(), CRYPTO)) {
        assertThat(one.association()).isNegative().isEqualTo(again.association());
        assertThat(peer.association()).isNegative().isNotEqualTo(one.association());
      }
    }

    @Test
    void aFingerprintHas16Octets() {
      assertThatThrownBy(() -> new ContextFingerprint(Bytes.of(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void derivedKeysDoNotPrintThemselves() {
      try (DerivedKeys keys = KeySchedule.derive(client().build(), CRYPTO)) {
        assertThat(keys.toString()).isEqualTo("DerivedKeys[16 octets each]");
      }
    }
  }

  @Test
  void anIdHasToFitTheNonce() {
    Bytes commonIv = Bytes.owned(new byte[7]);
    assertThat(new NonceBase(commonIv, Bytes.of(1)).nonceOctets()).isEqualTo(7);
    assertThatThrownBy(() -> new NonceBase(commonIv, Bytes.of(1, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
