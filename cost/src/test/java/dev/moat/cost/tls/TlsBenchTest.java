package dev.moat.cost.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.radio.Direction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@Tag("LK-101")
class TlsBenchTest {
  private static final CoapSample SAMPLE = CoapSample.of(0, 3);

  private final TlsBench bench = new TlsBench();

  @ParameterizedTest
  @EnumSource
  void aHandshakeBeginsWithClientHelloAndEndsEncrypted(TlsShape shape) {
    RecordedExchange exchange = bench.run(shape, SAMPLE).exchange();

    assertThat(exchange.id()).isEqualTo(shape.id());
    assertThat(exchange.messages().get(0).name()).isEqualTo("ClientHello");
    assertThat(exchange.messages().get(0).direction()).isEqualTo(Direction.UPLINK);
    assertThat(exchange.messages().get(1).name()).startsWith("ServerHello").endsWith("[encrypted]");
    assertThat(exchange.handshake(Layer.DATAGRAM).flights()).isBetween(3, 4);
  }

  @Test
  void aResumedSessionSendsNoCertificates() {
    int mutual = serverFlight(TlsShape.MUTUAL);
    int resumed = serverFlight(TlsShape.RESUMPTION);

    assertThat(resumed).isLessThan(mutual - 300);
  }

  @Test
  void aCertificateOfTheClientCostsItsFlight() {
    int server =
        bench
            .run(TlsShape.SERVER_AUTHENTICATION, SAMPLE)
            .exchange()
            .messages()
            .get(2)
            .datagramOctets();
    int mutual = bench.run(TlsShape.MUTUAL, SAMPLE).exchange().messages().get(2).datagramOctets();

    assertThat(mutual).isGreaterThan(server + 300);
  }

  private int serverFlight(TlsShape shape) {
    return bench.run(shape, SAMPLE).exchange().messages().get(1).datagramOctets();
  }

  /** RFC 8446, Section 5.2: header 5, content type 1, tag 16; and the JDK pads by 16. */
  @Test
  void aRecordOfTheJdkAddsItsHeaderTheTagAndPadding() {
    var overhead = bench.run(TlsShape.SERVER_AUTHENTICATION, SAMPLE).overhead();

    assertThat(overhead.requestOverhead()).isEqualTo(5 + 1 + 16 + 16);
    assertThat(overhead.responseOverhead()).isEqualTo(5 + 1 + 16 + 16);
    assertThat(overhead.requestOverheadWithTag(8)).isEqualTo(5 + 1 + 16 + 8);
  }

  @Test
  void theTicketIsAFlightOfItsOwn() {
    RecordedExchange mutual = bench.run(TlsShape.MUTUAL, SAMPLE).exchange();

    assertThat(mutual.messages().get(3).name()).isEqualTo(TlsBench.TICKET);
    assertThat(mutual.messages().get(3).direction()).isEqualTo(Direction.DOWNLINK);
  }
}
