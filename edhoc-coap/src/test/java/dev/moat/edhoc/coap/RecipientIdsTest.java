package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RecipientIdsTest {
  private final RecipientIds ids = new RecipientIds(new ContextTable());
  private final InsecureSeededRandom random = new InsecureSeededRandom(2);

  @Test
  @Tag("LK-006")
  void neverGivesTheIdOfAContextOrAHandshakeOrThePeer() throws Exception {
    for (int octet = 0; octet < 0x38; octet++) {
      boolean unused = (octet & 0x1f) >= 24 || octet == 5 || ids.reserve(ConnectionId.of(octet));
    }
    ContextParameters parameters =
        ContextParameters.builder(SecretBytes.copyOf(new byte[16]), Bytes.of(9, 9), Bytes.of(5))
            .build();
    assertThat(ids.isTaken(Bytes.of(5))).isFalse();
    assertThat(ids.reserve(random, Optional.of(ConnectionId.of(5))).orElseThrow().encoded())
        .matches(encoded -> encoded.length() == 2);
    ids.contexts().add(FreshContexts.unrecorded(parameters, Parties.PRIMITIVES.symmetric()));
    assertThat(ids.isTaken(Bytes.of(5))).isTrue();
    assertThat(ids.reserve(random, Optional.empty()).orElseThrow().encoded().length()).isEqualTo(2);
  }

  @Test
  void givesAReleasedOneAgain() {
    ConnectionId id = ConnectionId.of(3);
    assertThat(ids.reserve(id)).isTrue();
    assertThat(ids.reserve(id)).isFalse();
    assertThat(ids.isTaken(id.bytes())).isTrue();
    ids.release(id);
    assertThat(ids.isTaken(id.bytes())).isFalse();
  }
}
