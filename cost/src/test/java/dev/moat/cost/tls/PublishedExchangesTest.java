package dev.moat.cost.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cost.exchange.Layer;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordOverhead;
import dev.moat.cost.exchange.RecordedExchange;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("LK-100")
class PublishedExchangesTest {
  private final PublishedExchanges published = PublishedExchanges.read();

  private PublishedHandshake handshake(String id) {
    return published.handshakes().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyRowNamesItsDocumentAndHasAKeyOfItsOwn() {
    assertThat(published.handshakes()).hasSize(37);
    assertThat(published.handshakes())
        .extracting(PublishedHandshake::id)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[a-z0-9-]+"));
    assertThat(published.handshakes())
        .extracting(PublishedHandshake::title)
        .doesNotHaveDuplicates();
    assertThat(published.exchanges())
        .allMatch(one -> one.origin() == Origin.PUBLISHED && !one.source().isBlank());
    assertThat(published.exchanges())
        .extracting(RecordedExchange::protocol)
        .contains(Protocol.DTLS_1_3, Protocol.TLS_1_3, Protocol.CTLS, Protocol.EDHOC);
  }

  /** The publication prints 250 and 186. */
  @Test
  void sumsAreComputedAndWrongOnesFlagged() {
    PublishedHandshake onP256 = handshake("published-nocid-p256-ctls-10-psk-ecdhe");
    PublishedHandshake onX25519 = handshake("published-nocid-x25519-ctls-10-psk-ecdhe");

    assertThat(published.handshakes().stream().filter(PublishedHandshake::isMisprinted))
        .containsExactly(onP256, onX25519);
    assertThat(onP256.total()).isEqualTo(248);
    assertThat(onX25519.total()).isEqualTo(184);
    assertThat(onP256.exchange().handshake(Layer.DATAGRAM).octets()).isEqualTo(248);
    assertThat(onP256.exchange().source()).contains("prints 250 as the sum of 248");
  }

  @Test
  void flightsAlternateAndTheDeviceBegins() {
    RecordedExchange rpk = handshake("published-cid-p256-dtls-1-3-rpks-ecdhe").exchange();

    assertThat(rpk.handshake(Layer.MESSAGE).flights()).isEqualTo(3);
    assertThat(rpk.messages())
        .extracting(one -> one.datagramOctets())
        .isEqualTo(List.of(185, 454, 255));
  }

  @Test
  @Tag("LK-107")
  @Tag("LK-108")
  void theReferenceOnADeviceIsThere() {
    PublishedFootprint edhoc = published.footprints().get(0);

    assertThat(edhoc.name()).startsWith("EDHOC (lakers)");
    assertThat(edhoc.flash()).isEqualTo(31_177);
    assertThat(edhoc.ram()).isEqualTo(8_874);
    assertThat(published.footprints()).hasSize(5);
  }

  /** What runs here agrees with print, but for the id's content type in DTLS 1.2. */
  @Test
  @Tag("LK-101")
  void publishedOverheadsAreThoseMeasured() {
    assertThat(overhead(Protocol.OSCORE, "no id, sequence number 5")).isEqualTo(13);
    assertThat(overhead(Protocol.OSCORE, "id of 1, sequence number 5")).isEqualTo(14);
    assertThat(overhead(Protocol.DTLS_1_2, "no id, sequence number 5")).isEqualTo(29);
    assertThat(overhead(Protocol.DTLS_1_2, "id of 1, sequence number 5")).isEqualTo(30);
    assertThat(published.overheads()).hasSize(42).allMatch(one -> one.tagOctets() == 8);
  }

  private int overhead(Protocol protocol, String variant) {
    return published.overheads().stream()
        .filter(one -> one.protocol() == protocol && one.variant().equals(variant))
        .mapToInt(RecordOverhead::requestOverhead)
        .findFirst()
        .orElseThrow();
  }
}
