package dev.moat.oscore.context;

import static dev.moat.oscore.Fixture.CRYPTO;
import static dev.moat.oscore.Fixture.assertRefused;
import static dev.moat.oscore.Fixture.client;
import static dev.moat.oscore.Fixture.fresh;
import static dev.moat.oscore.Fixture.restored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.oscore.OscoreException.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ContextTableTest {
  private static final Bytes KID = Bytes.of(1);

  @Nested
  class Table {
    private final ContextTable table = new ContextTable();

    @Test
    void findsAContextByItsRecipientId() {
      SecurityContext context = fresh(client().build());
      table.add(context);
      assertThat(table.candidates(KID, Optional.empty())).containsExactly(context);
      assertThat(table.candidates(Bytes.of(2), Optional.empty())).isEmpty();
      assertThat(table.candidates(KID, Optional.of(Bytes.empty()))).isEmpty();
    }

    @Test
    void aKidContextHasToBeTheIdContext() {
      SecurityContext without = fresh(client().build());
      SecurityContext with = inContext(7);
      table.add(without);
      table.add(with);
      assertThat(table.candidates(KID, Optional.of(Bytes.of(7)))).containsExactly(with);
      assertThat(table.candidates(KID, Optional.of(Bytes.of(8)))).isEmpty();
      assertThat(table.candidates(KID, Optional.empty())).containsExactly(without, with);
      assertThat(table.all()).containsExactlyInAnyOrder(without, with);
    }

    @Test
    void triesEightAtMost() {
      for (int i = 0; i < 10; i++) {
        table.add(inContext(i));
      }
      assertThat(table.candidates(KID, Optional.empty())).hasSize(8);
      assertThat(table.candidates(KID, Optional.of(Bytes.of(9)))).hasSize(1);
    }

    @Test
    void refusesTwoContextsThatNoRequestTellsApart() {
      table.add(inContext(7));
      assertThatThrownBy(() -> table.add(inContext(7)))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void forgetsARemovedContext() {
      SecurityContext one = inContext(1);
      SecurityContext two = inContext(2);
      table.add(one);
      table.add(two);
      assertThat(table.remove(one)).isTrue();
      assertThat(table.remove(one)).isFalse();
      assertThat(table.candidates(KID, Optional.empty())).containsExactly(two);
      assertThat(table.remove(two)).isTrue();
      assertThat(table.remove(two)).isFalse();
      assertThat(table.all()).isEmpty();
    }

    private SecurityContext inContext(int idContext) {
      return fresh(client().idContext(Bytes.of(idContext)).build());
    }
  }

  @Nested
  class Context {
    @Test
    void showsItsParametersAndNoSecret() {
      ContextParameters parameters = client().idContext(Bytes.of(7)).build();
      SecurityContext context = fresh(parameters);
      assertThat(context.senderId()).isEqualTo(Bytes.of(2));
      assertThat(context.recipientId()).isEqualTo(KID);
      assertThat(context.idContext()).contains(Bytes.of(7));
      assertThat(context.aead()).isEqualTo(parameters.aead());
      assertThat(context.hkdf()).isEqualTo(parameters.hkdf());
      assertThat(context.toString()).isEqualTo(parameters.toString());
      assertThat(context.fingerprint()).isEqualTo(ContextFingerprint.of(parameters, CRYPTO));
      assertThat(context.association()).isNegative();
    }

    @Test
    void trustsItsWindowOnlyWhenTheKeysAreNew() {
      assertThat(fresh(client().build()).replay().isTrusted()).isTrue();
      assertThat(restored(client().build()).replay().isTrusted()).isFalse();
    }

    @Test
    void countsTheUseOfKeysBeforeARestart() throws Exception {
      SenderSequence sequence = new SenderSequence(InsecureVolatileReservations.start(400));
      SecurityContext context =
          SecurityContext.derive(
              client().build(), CRYPTO, sequence, SecurityContext.Provenance.RESTORED);
      assertThat(context.usage().seals()).isZero();
      assertThat(sequence.next()).isEqualTo(400);
      assertThat(context.replay().resynchronise(30)).isTrue();
      assertThat(context.usage().seals()).isEqualTo(430);
    }

    @Test
    void givesNoCipherOnceClosed() {
      SecurityContext context = fresh(client().build());
      context.close();
      context.close();
      assertThat(context.isClosed()).isTrue();
      assertRefused(Reason.CONTEXT_NOT_FOUND, () -> context.senderCipher(CRYPTO));
      assertRefused(Reason.CONTEXT_NOT_FOUND, () -> context.recipientCipher(CRYPTO));
    }
  }
}
