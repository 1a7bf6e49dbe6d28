package dev.moat.oscore.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Peer;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The order of Partial IVs on connections (RFC 8613, Section 7.4). */
@Tag("AT-17")
class SequenceOrderTest {
  private final SequenceOrder order = new SequenceOrder();
  private final SecurityContext context =
      SecurityContext.derive(
          ContextParameters.builder(
                  SecretBytes.copyOf(new byte[] {1, 2, 3}), Bytes.of(1), Bytes.of(2))
              .build(),
          JdkCrypto.create(),
          InsecureVolatileReservations.start(0),
          SecurityContext.Provenance.FRESH);

  @Test
  void takesEachNumberBehindTheLast() {
    for (long number = 7; number < 20; number++) {
      assertThat(breach(1, number)).isEmpty();
    }
  }

  @Test
  void tellsWhatWasDueAfterAGapAndGoesOnBehindIt() {
    assertThat(breach(1, 7)).isEmpty();
    assertThat(breach(1, 9)).hasValue(8);
    assertThat(breach(1, 8)).hasValue(10);
    assertThat(breach(1, 10)).isEmpty();
  }

  @Test
  void takesAsTheFirstOnlyWhatIsNewerThanAllBefore() {
    assertThat(breach(1, 7)).isEmpty();
    assertThat(breach(2, 9)).isEmpty();
    assertThat(breach(3, 8)).hasValue(9);
    assertThat(breach(1, 10)).hasValue(8);
  }

  @Test
  void forgetsWhoWasSilentLongestWhenThereAreTooMany() {
    assertThat(breach(1, 7)).isEmpty();
    for (int i = 0; i < 16_384; i++) {
      assertThat(breach(2 + i, 8 + i)).isEmpty();
    }
    // As on a new connection: a gap is not seen, but nothing old is taken.
    assertThat(breach(1, 30_000)).isEmpty();
  }

  @Test
  void aRefusedRequestOpensNoWayForTheOneBehindIt() {
    assertThat(breach(1, 5)).isEmpty();
    assertThat(breach(2, 9)).isEmpty();
    assertThat(breach(3, 6)).hasValue(9);
    assertThat(breach(3, 7)).hasValue(10);
    assertThat(breach(3, 10)).isEmpty();
  }

  private OptionalLong breach(long connection, long number) {
    assertThat(context.replay().commit(number)).isTrue();
    return order.breach(new Peer(0, 1, 5683, 0, connection), context, number);
  }
}
