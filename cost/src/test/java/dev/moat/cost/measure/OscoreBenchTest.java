package dev.moat.cost.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.cost.exchange.ExchangeMessage;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What OSCORE adds is what the literature says: 13 to 15 octets to requests, 11 to responses. */
@Timeout(60)
class OscoreBenchTest {
  private final OscoreBench bench = new OscoreBench();

  @Test
  @Tag("LK-100")
  @Tag("LK-101")
  void addsTheOctetsOfTheReference() {
    List<OscoreRecord> records = bench.standard();
    assertThat(records).hasSize(10);
    // By sequence number 05, 1005, 100005; then by Sender ID 42, 4002.
    assertThat(records.subList(0, 5))
        .extracting(OscoreRecord::requestOverhead)
        .containsExactly(13, 14, 15, 14, 15);
    // The marker before a payload moves inside, and another stands before the ciphertext.
    assertThat(records.subList(5, 10))
        .extracting(OscoreRecord::requestOverhead)
        .containsExactly(13, 14, 15, 14, 15);
    assertThat(records).extracting(OscoreRecord::responseOverhead).containsOnly(11);
  }

  @Test
  void recordsBothExchanges() {
    OscoreRecord one = bench.run(Bytes.of(0x42), 7, true);
    assertThat(one.unprotected().messages())
        .extracting(ExchangeMessage::name)
        .containsExactly("request", "response");
    assertThat(one.protectedByOscore().messages())
        .extracting(ExchangeMessage::name)
        .containsExactly("protected request", "protected response");
    assertThat(one.senderId()).isEqualTo(Bytes.of(0x42));
    assertThat(one.sequenceNumber()).isEqualTo(7);
    assertThat(one.withPayload()).isTrue();
  }
}
