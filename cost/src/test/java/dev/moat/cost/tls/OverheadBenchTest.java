package dev.moat.cost.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordOverhead;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@Tag("LK-101")
class OverheadBenchTest {
  @Test
  void measuresAllThreeOfTheSameRequestInOneRun() {
    List<RecordOverhead> all = new OverheadBench().run(10, 20);

    assertThat(all)
        .extracting(RecordOverhead::protocol)
        .containsExactly(
            Protocol.OSCORE,
            Protocol.OSCORE,
            Protocol.DTLS_1_2,
            Protocol.DTLS_1_2,
            Protocol.TLS_1_3);
    assertThat(all).allMatch(one -> one.origin() == Origin.MEASURED);
    assertThat(all).extracting(RecordOverhead::requestOverhead).containsExactly(13, 14, 29, 31, 38);
    assertThat(all)
        .extracting(RecordOverhead::responseOverhead)
        .containsExactly(11, 11, 29, 31, 38);
    // CoAP over UDP: header 4, token 1, path 2, marker 1, payload 10. RFC 8323: length in place of
    // type and Message ID, in the first octet up to 12, else in one more.
    assertThat(all.get(0).requestOctets()).isEqualTo(18);
    assertThat(all.get(4).requestOctets()).isEqualTo(17);
  }

  /** The published figures: by the length of the sequence number and of the Sender ID. */
  @ParameterizedTest
  @CsvSource({"0, 0x05, 13", "0, 0x1005, 14", "0, 0x100005, 15", "1, 0x05, 14", "2, 0x05, 15"})
  void oscoreAddsWhatIsPublished(int senderId, String sequenceNumber, int overhead) {
    RecordOverhead measured =
        new OscoreRecords().run(CoapSample.of(4, 4), senderId, Long.decode(sequenceNumber));

    assertThat(measured.requestOverhead()).isEqualTo(overhead);
    assertThat(measured.responseOverhead()).isEqualTo(11);
    assertThat(measured.tagOctets()).isEqualTo(8);
  }

  @Test
  void oscoreAddsTheSameWithoutPayload() {
    RecordOverhead measured = new OscoreRecords().run(CoapSample.of(0, 0), 0, 5);

    assertThat(measured.requestOverhead()).isEqualTo(13);
    assertThat(measured.responseOverhead()).isEqualTo(11);
  }
}
