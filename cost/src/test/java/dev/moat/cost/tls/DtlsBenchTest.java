package dev.moat.cost.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.tls.DtlsShape.Keys;
import dev.moat.radio.Direction;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
@Tag("LK-101")
class DtlsBenchTest {
  private static final CoapSample SAMPLE = CoapSample.of(0, 3);

  private final DtlsBench bench = new DtlsBench();

  static List<DtlsShape> shapes() {
    return DtlsShape.standard();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aHandshakeHasSixFlightsAndThenARequestAndItsResponse(DtlsShape shape) {
    RecordedExchange exchange = bench.run(shape, SAMPLE).exchange();

    assertThat(exchange.id()).isEqualTo(shape.id());
    assertThat(exchange.origin()).isEqualTo(Origin.MEASURED);
    assertThat(exchange.handshake(Layer.DATAGRAM).flights()).isEqualTo(6);
    assertThat(exchange.messages())
        .extracting(ExchangeMessage::part)
        .endsWith(Part.HANDSHAKE, Part.DATA, Part.DATA);
    assertThat(exchange.messages())
        .allSatisfy(
            one ->
                assertThat(one.datagram().orElseThrow().length()).isEqualTo(one.datagramOctets()));
    assertThat(exchange.messages().subList(0, 3))
        .extracting(ExchangeMessage::name)
        .containsExactly("ClientHello", "HelloVerifyRequest", "ClientHello");
    String last = shape.connectionIdOctets() > 0 ? "[encrypted]" : "[Finished]";
    assertThat(exchange.messages().get(5).name()).isEqualTo("ChangeCipherSpec, " + last);
  }

  @Test
  void namesWhatStandsInAFlight() {
    RecordedExchange x509 =
        bench.run(new DtlsShape(Keys.X509, DtlsShape.NO_CONNECTION_ID), SAMPLE).exchange();

    assertThat(x509.messages().get(3).name())
        .isEqualTo(
            "ServerHello, Certificate, ServerKeyExchange, CertificateRequest, ServerHelloDone");
    assertThat(x509.messages().get(4).name())
        .isEqualTo(
            "Certificate, ClientKeyExchange, CertificateVerify, ChangeCipherSpec, [Finished]");
  }

  /** Sizes that follow from RFC 5246 and RFC 6347 for a ServerHello without session id. */
  @Test
  void aHandshakeWithASharedKeyIsAsShortAsTheProtocolAllows() {
    RecordedExchange psk =
        bench.run(new DtlsShape(Keys.PSK, DtlsShape.NO_CONNECTION_ID), SAMPLE).exchange();

    ExchangeMessage first = psk.messages().get(0);
    ExchangeMessage withCookie = psk.messages().get(2);
    ExchangeMessage verify = psk.messages().get(1);
    int cookie = verify.datagramOctets() - 13 - 12 - 3;
    assertThat(withCookie.datagramOctets() - first.datagramOctets()).isEqualTo(cookie);
    // Record, message and PSK identity of 8 octets; ChangeCipherSpec; Finished of 12.
    assertThat(psk.messages().get(4).datagramOctets())
        .isEqualTo((13 + 12 + 2 + 8) + (13 + 1) + (13 + 8 + 12 + 12 + 8));
    assertThat(psk.messages().get(5).datagramOctets()).isEqualTo((13 + 1) + (13 + 8 + 12 + 12 + 8));
  }

  @Test
  void connectionIdsMakeEveryProtectedRecordLonger() {
    var without = bench.run(new DtlsShape(Keys.PSK, DtlsShape.NO_CONNECTION_ID), SAMPLE);
    var with = bench.run(new DtlsShape(Keys.PSK, 1), SAMPLE);

    // RFC 6347, Section 4.1, and RFC 6655: header 13, nonce 8, tag 8.
    assertThat(without.overhead().requestOverhead()).isEqualTo(29);
    assertThat(without.overhead().responseOverhead()).isEqualTo(29);
    // RFC 9146, Section 4: the id, and the content type that is encrypted now.
    assertThat(with.overhead().requestOverhead()).isEqualTo(31);
    assertThat(with.overhead().responseOverhead()).isEqualTo(31);
  }

  @Test
  void certificatesCostMoreThanRawKeysAndThoseMoreThanSharedOnes() {
    int psk = octets(Keys.PSK);
    int ecdhe = octets(Keys.PSK_ECDHE);
    int raw = octets(Keys.RPK);
    int certified = octets(Keys.X509);

    assertThat(List.of(psk, ecdhe, raw, certified)).isSorted().doesNotHaveDuplicates();
  }

  private int octets(Keys keys) {
    return bench
        .run(new DtlsShape(keys, DtlsShape.NO_CONNECTION_ID), SAMPLE)
        .exchange()
        .handshake(Layer.DATAGRAM)
        .octets();
  }

  @Test
  void theDeviceIsTheClient() {
    RecordedExchange psk = bench.run(new DtlsShape(Keys.PSK, 1), SAMPLE).exchange();

    assertThat(psk.messages().get(0).direction()).isEqualTo(Direction.UPLINK);
    assertThat(psk.messages().get(7).direction()).isEqualTo(Direction.DOWNLINK);
    assertThat(psk.messages().get(7).payloadOctets()).isEqualTo(3);
  }
}
