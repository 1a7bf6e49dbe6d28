package dev.moat.radio.reference;

import dev.moat.radio.amplification.Amplification;
import dev.moat.radio.sizes.CoapSize;
import dev.moat.radio.sizes.CredentialReference;
import dev.moat.radio.sizes.EdhocSizes;
import java.util.Map;

/** Section amplification. */
final class AmplificationClaims {
  private static final int LOWER = Amplification.LOWER_LAYERS_OCTETS;
  private static final int URI_PATH_EDHOC = CoapSize.option(11, 5);
  private static final int PREFIX = 1;

  private static final Map<String, EdhocSizes> EDHOC =
      Map.of(
          "M3 kid", Shapes.edhoc(3, Shapes.KID),
          "M3 x5t", Shapes.edhoc(3, Shapes.X5T),
          "M0 x5t", Shapes.edhoc(0, Shapes.X5T),
          "M0 x5chain 241", Shapes.edhoc(0, CredentialReference.x5chain(241)));

  private AmplificationClaims() {}

  static void add(Place file, Claims claims) {
    Place amplification = file.to("amplification");
    claims.exactly(amplification.to("limit_factor"), Amplification.LIMIT_FACTOR);
    claims.exactly(amplification.to("safe_initial_response"), Amplification.safeInitialResponse());
    claims.exactly(amplification.to("safe_after_token"), Amplification.safeAfterToken());
    EDHOC.forEach((name, sizes) -> edhoc(amplification.to("edhoc", name), sizes, claims));
    Place dtls = file.to("handshake_sizes", "table1_CID_CCM8_P256_ECDSA", 0);
    claims.rounded(
        amplification.to("dtls13", "flight2/flight1 RPK"),
        Amplification.factor(dtls.to("f1").integer(), dtls.to("f2").integer(), 0),
        2);
  }

  private static void edhoc(Place row, EdhocSizes sizes, Claims claims) {
    int first = CoapSize.message(0, URI_PATH_EDHOC, PREFIX + sizes.message1());
    int second = CoapSize.message(0, 0, sizes.message2());
    claims.exactly(row.to("coap_m1"), first);
    claims.exactly(row.to("coap_m2"), second);
    claims.rounded(row.to("coap_factor"), Amplification.factor(first, second, 0), 2);
    claims.rounded(row.to("with_eth_ipv6_udp_62"), Amplification.factor(first, second, LOWER), 2);
    claims.flag(row.to("within_136"), second <= Amplification.safeInitialResponse());
    claims.exactly(
        row.to("ead1_padding_needed_for_factor3_at_62"),
        Amplification.paddingFor(first, second, LOWER));
  }
}
