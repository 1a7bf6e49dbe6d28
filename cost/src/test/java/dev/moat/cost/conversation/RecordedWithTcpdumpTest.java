package dev.moat.cost.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cost.capture.Captures;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.Protocol;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Captures that tcpdump wrote on a loopback interface: of {@code moat edhoc run} and {@code moat
 * get} with {@code moat serve}, and of openssl with itself. The keys were made for them and thrown
 * away.
 */
@Tag("LK-101")
class RecordedWithTcpdumpTest {
  @Test
  void aRunInSequence() throws Exception {
    CapturedExchange run = only("edhoc-run");
    assertThat(rows(run))
        .containsExactly(
            "UPLINK message_1 HANDSHAKE 37 38 68",
            "DOWNLINK message_2 HANDSHAKE 45 45 57",
            "UPLINK message_3 HANDSHAKE 19 20 50",
            "DOWNLINK response to message_3 HANDSHAKE 0 0 9",
            "UPLINK protected request DATA 0 20 34",
            "DOWNLINK protected response DATA 0 23 34");
    assertThat(run.exchange().protocol()).isEqualTo(Protocol.EDHOC);
    assertThat(run.exchange().origin()).isEqualTo(Origin.CAPTURED);
    assertThat(run.exchange().id()).isEqualTo("captured-1-edhoc");
    assertThat(run.exchange().title()).isEqualTo("EDHOC, 127.0.0.1:45161 with 127.0.0.1:56831");
    assertThat(run.repeats()).isEmpty();
  }

  @Test
  void message3WithTheFirstRequest() throws Exception {
    assertThat(rows(only("edhoc-combined")))
        .containsExactly(
            "UPLINK message_1 HANDSHAKE 37 38 68",
            "DOWNLINK message_2 HANDSHAKE 45 45 57",
            "UPLINK message_3 with request COMBINED 19 39 54",
            "DOWNLINK protected response DATA 0 23 34");
  }

  @Test
  void theReverseFlow() throws Exception {
    assertThat(rows(only("edhoc-reverse")))
        .containsExactly(
            "UPLINK trigger DATA 0 0 27",
            "DOWNLINK message_1 HANDSHAKE 37 37 49",
            "UPLINK message_2 HANDSHAKE 45 46 76",
            "DOWNLINK message_3 HANDSHAKE 19 19 31",
            "UPLINK protected request DATA 0 20 34",
            "DOWNLINK protected response DATA 0 23 34");
  }

  @Test
  void aSecondAttemptWithTheOtherSuiteAndARetransmission() throws Exception {
    CapturedExchange run = only("edhoc-suites");
    assertThat(rows(run))
        .containsExactly(
            "UPLINK message_1 HANDSHAKE 37 38 68",
            "DOWNLINK error message HANDSHAKE 2 2 14",
            "UPLINK message_1 HANDSHAKE 39 40 70",
            "DOWNLINK message_2 HANDSHAKE 53 53 65",
            "UPLINK message_3 HANDSHAKE 36 37 67",
            "DOWNLINK message_4 HANDSHAKE 17 17 29",
            "UPLINK protected request DATA 0 20 34",
            "DOWNLINK protected response DATA 0 23 34");
    assertThat(run.repeats())
        .containsExactly(new Repeat("message_1", 1, 68), new Repeat("error message", 1, 14));
  }

  @Test
  void theServerMayBeTheDevice() throws Exception {
    CaptureView view = new CaptureView("a test", "captured", Device.SERVER, CaptureView.WELL_KNOWN);
    CapturedExchange run = read("edhoc-run", view).get(0);
    assertThat(rows(run)).startsWith("DOWNLINK message_1 HANDSHAKE 37 38 68");
    assertThat(run.client()).hasToString("127.0.0.1:45161");
    assertThat(run.server()).hasToString("127.0.0.1:56831");
  }

  @Test
  void dtls12() throws Exception {
    List<CapturedExchange> all = read("dtls12-psk", CaptureView.of("a test"));
    assertThat(all)
        .extracting(one -> one.exchange().id())
        .containsExactly("captured-1-dtls-1-2", "captured-2-dtls-1-2-data");
    assertThat(all.get(0).exchange().protocol()).isEqualTo(Protocol.DTLS_1_2);
    assertThat(rows(all.get(0)))
        .containsExactly(
            "UPLINK ClientHello HANDSHAKE 114 114 114",
            "DOWNLINK HelloVerifyRequest HANDSHAKE 60 60 60",
            "UPLINK ClientHello HANDSHAKE 146 146 146",
            "DOWNLINK ServerHello, ServerKeyExchange, ServerHelloDone HANDSHAKE 242 242 242",
            "UPLINK ClientKeyExchange, ChangeCipherSpec, Finished HANDSHAKE 174 174 174",
            "DOWNLINK ChangeCipherSpec, Finished HANDSHAKE 72 72 72",
            "UPLINK protected data DATA 0 0 45",
            "DOWNLINK protected data DATA 0 0 56");
  }

  @Test
  void whatIsSentAgainWithAnotherRecordNumberIsARepetition() throws Exception {
    CapturedExchange run = only("dtls12-unanswered");
    assertThat(rows(run)).containsExactly("UPLINK ClientHello HANDSHAKE 114 114 114");
    assertThat(run.repeats()).containsExactly(new Repeat("ClientHello", 4, 114));
  }

  @Test
  void tls13() throws Exception {
    List<CapturedExchange> all = read("tls13", CaptureView.of("a test"));
    assertThat(rows(all.get(0)))
        .containsExactly(
            "UPLINK ClientHello HANDSHAKE 225 225 225",
            "DOWNLINK ServerHello, ChangeCipherSpec, protected handshake HANDSHAKE 756 756 756",
            "UPLINK ChangeCipherSpec, protected handshake HANDSHAKE 80 80 80",
            "DOWNLINK protected data DATA 0 0 255",
            "DOWNLINK protected data DATA 0 0 255",
            "UPLINK protected data DATA 0 0 28");
    assertThat(all.get(0).exchange().protocol()).isEqualTo(Protocol.TLS_1_3);
    assertThat(all.get(0).remarks()).singleElement().asString().startsWith("TLS 1.3 hides");
  }

  @Test
  void tls12() throws Exception {
    List<CapturedExchange> all = read("tls12", CaptureView.of("a test"));
    assertThat(rows(all.get(0)))
        .containsExactly(
            "UPLINK ClientHello HANDSHAKE 188 188 188",
            "DOWNLINK ServerHello, Certificate, ServerKeyExchange, ServerHelloDone HANDSHAKE 598"
                + " 598 598",
            "UPLINK ClientKeyExchange, ChangeCipherSpec, Finished HANDSHAKE 93 93 93",
            "DOWNLINK NewSessionTicket, ChangeCipherSpec, Finished HANDSHAKE 242 242 242",
            "UPLINK application data DATA 0 0 35",
            "DOWNLINK application data DATA 0 0 35");
    assertThat(all.get(0).exchange().protocol()).isEqualTo(Protocol.OTHER);
    assertThat(all.get(0).exchange().title()).startsWith("TLS, 127.0.0.1:");
  }

  private static CapturedExchange only(String name) throws Exception {
    List<CapturedExchange> all = read(name, CaptureView.of("a test"));
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static List<CapturedExchange> read(String name, CaptureView view) throws Exception {
    try (InputStream file =
        Objects.requireNonNull(
            RecordedWithTcpdumpTest.class.getResourceAsStream("/capture/" + name + ".pcap"))) {
      return CapturedExchanges.of(Captures.readAll(file).datagrams(), view);
    }
  }

  private static List<String> rows(CapturedExchange one) {
    return one.exchange().messages().stream().map(RecordedWithTcpdumpTest::row).toList();
  }

  private static String row(ExchangeMessage one) {
    Part part = one.part();
    return one.direction()
        + " "
        + one.name()
        + " "
        + part
        + " "
        + one.messageOctets()
        + " "
        + one.payloadOctets()
        + " "
        + one.datagramOctets();
  }
}
