package dev.moat.radio.reference;

import dev.moat.radio.sizes.CborSize;
import dev.moat.radio.sizes.CoapSize;
import dev.moat.radio.sizes.CredentialReference;
import dev.moat.radio.sizes.EdhocSizes;
import dev.moat.radio.sizes.EdhocSizes.Side;
import dev.moat.radio.sizes.SuiteSizes;
import java.util.Arrays;
import java.util.List;

/** Section handshake_sizes without its EDHOC size model. */
final class HandshakeClaims {
  private static final int URI_PATH = 11;
  private static final int CONTENT_FORMAT = 12;
  private static final int URI_PATH_TO_CONTENT_FORMAT = CONTENT_FORMAT - URI_PATH;
  private static final int OSCORE = 9;
  private static final int EDHOC = 21;
  private static final int PREFIX = 1;
  private static final int MARKER = 1;

  private HandshakeClaims() {}

  static void add(Place file, Claims claims) {
    Place sizes = file.to("handshake_sizes");
    List.of(
            "table1_CID_CCM8_P256_ECDSA",
            "table2_noCID_CCM8_secp256r1_ecdsa",
            "table3_noCID_CCM8_x25519_ed25519")
        .forEach(table -> sizes.to(table).children().forEach(row -> flights(row, claims)));
    edhocRows(sizes.to("table1_CID_CCM8_P256_ECDSA"), claims);
    measuredByOpenssl(sizes.to("dtls12_measured_openssl_3.0.19_loopback"), claims);
    for (Place row : sizes.to("dtls13_2019_ericsson").children()) {
      if (row.node().isArray()) {
        claims.checkedSum(row.to(3), sum(Arrays.copyOf(row.integers(), 3)));
      }
    }
    defaultPath(sizes.to("coap_transport_overhead_default_path"), claims);
    shortPath(sizes.to("coap_transport_overhead"), claims);
    combinedRequest(sizes.to("rfc9668_example"), claims);
    psk(sizes.to("psk_draft"), claims);
    traces(sizes.to("rfc9529_traces"), claims);
    longTags(sizes, claims);
  }

  private static void flights(Place row, Claims claims) {
    int sum = row.to("f1").integer() + row.to("f2").integer() + row.to("f3").integer();
    claims.flag(row.to("total_ok"), row.to("total").integer() == sum);
    if (!isModelled(row)) {
      claims.checkedSum(row.to("sum_check"), sum);
      claims.checkedSum(row.to("total"), sum);
    }
  }

  /** Whether the flights are the size model's, not published ones. */
  private static boolean isModelled(Place row) {
    return row.to("name").text().startsWith("EDHOC");
  }

  private static void edhocRows(Place table, Claims claims) {
    for (Place row : table.children()) {
      String name = row.to("name").text();
      if (isModelled(row)) {
        int method = name.contains("Signature") ? 0 : 3;
        EdhocSizes sizes = Shapes.edhoc(method, name.contains("x5t") ? Shapes.X5T : Shapes.KID);
        claims.exactly(row.to("f1"), sizes.message1());
        claims.exactly(row.to("f2"), sizes.message2());
        claims.exactly(row.to("f3"), sizes.message3());
        claims.exactly(row.to("sum_check"), sizes.total());
        claims.exactly(row.to("total"), sizes.total());
      }
    }
  }

  /** Without the cookie exchange neither the HelloVerifyRequest nor the second ClientHello goes. */
  private static void measuredByOpenssl(Place measured, Claims claims) {
    for (Place row : measured.children()) {
      if (row.has("flights")) {
        int[] flights = row.to("flights").integers();
        claims.checkedSum(row.to("total"), sum(flights));
        if (row.has("total_without_cookie_exchange")) {
          claims.checkedSum(
              row.to("total_without_cookie_exchange"), sum(flights) - flights[1] - flights[2]);
        }
      }
    }
  }

  private static void defaultPath(Place overhead, Claims claims) {
    int path = CoapSize.option(URI_PATH, ".well-known".length()) + CoapSize.option(0, 5);
    int request = path + CoapSize.option(URI_PATH_TO_CONTENT_FORMAT, 1);
    claims.exactly(overhead.to("message_1"), around(request, PREFIX));
    claims.exactly(overhead.to("message_2"), around(CoapSize.option(CONTENT_FORMAT, 1), 0));
    claims.exactly(overhead.to("message_3"), around(request, PREFIX));
  }

  private static void shortPath(Place overhead, Claims claims) {
    int path = CoapSize.option(URI_PATH, "edhoc".length());
    claims.exactly(overhead.to("message_1", "uri_path_edhoc"), path);
    claims.exactly(overhead.to("message_3", "uri_path"), path);
    claims.exactly(overhead.to("message_1", "true"), PREFIX);
    claims.exactly(overhead.to("message_3", "C_R"), PREFIX);
    claims.exactly(overhead.to("message_1", "total"), around(path, PREFIX));
    claims.exactly(overhead.to("message_2", "total"), around(0, 0));
    claims.exactly(overhead.to("message_3", "total"), around(path, PREFIX));
    for (String message : List.of("message_1", "message_2", "message_3")) {
      claims.exactly(overhead.to(message, "coap_header"), CoapSize.HEADER);
      claims.exactly(overhead.to(message, "payload_marker"), MARKER);
    }
    Place combined = overhead.to("message_3_in_RFC9668_combined_request");
    claims.exactly(combined.to("EDHOC_option"), CoapSize.option(EDHOC - OSCORE, 0));
    claims.exactly(combined.to("total"), CoapSize.option(EDHOC - OSCORE, 0));
  }

  /** What CoAP without a token puts around a payload. */
  private static int around(int options, int prefix) {
    return CoapSize.message(0, options, prefix + 1) - 1;
  }

  private static void combinedRequest(Place example, Claims claims) {
    String hex = example.to("hex").text();
    int token = Integer.parseInt(hex.substring(1, 2), 16);
    int optionAt = 2 * (CoapSize.HEADER + token);
    int optionValue = Integer.parseInt(hex.substring(optionAt + 1, optionAt + 2), 16);
    int payload = (hex.length() - hex.indexOf("ff") - 2) / 2;
    int message3 = Shapes.edhoc(3, Shapes.KID).message3();
    int options = CoapSize.option(OSCORE, optionValue) + CoapSize.option(EDHOC - OSCORE, 0);
    claims.exactly(example.to("oscore_option_value"), optionValue);
    claims.exactly(example.to("message_3"), message3);
    claims.exactly(example.to("oscore_ciphertext"), payload - message3);
    claims.exactly(example.to("coap_total"), CoapSize.message(token, options, payload));
  }

  private static void psk(Place draft, Claims claims) {
    int[] messages = Shapes.pskMessages();
    claims.exactly(draft.to("message_1"), messages[0]);
    claims.exactly(draft.to("message_2"), messages[1]);
    claims.exactly(draft.to("message_3"), messages[2]);
    claims.exactly(draft.to("message_4"), Shapes.PSK.message4());
    claims.exactly(draft.to("total3"), sum(messages));
    claims.exactly(draft.to("total4"), sum(messages) + Shapes.PSK.message4());
  }

  private static void traces(Place traces, Claims claims) {
    Place signed = traces.to("method0_x5t_x25519_eddsa_suite0");
    Side initiator = new Side(1, Shapes.X5T);
    Side responder = new Side(CborSize.string(1), Shapes.X5T);
    EdhocSizes method0 = new EdhocSizes(0, SuiteSizes.of(0), 1, initiator, responder);
    claims.exactly(signed.to("m1"), method0.message1());
    claims.exactly(signed.to("m2"), method0.message2());
    claims.exactly(signed.to("m3"), method0.message3());
    claims.exactly(signed.to("m4"), method0.message4());
    claims.exactly(signed.to("ID_CRED_x5t"), Shapes.X5T.octets());

    Place statically = traces.to("method3_kid_p256_suite2");
    int twoSuites = CborSize.head(2) + CborSize.integer(6) + CborSize.integer(2);
    Side side = new Side(1, Shapes.KID);
    EdhocSizes second = new EdhocSizes(3, SuiteSizes.of(2), twoSuites, side, side);
    claims.exactly(statically.to("m1_first"), Shapes.edhoc(3, Shapes.KID).message1());
    claims.exactly(statically.to("error"), CborSize.integer(2) + CborSize.integer(2));
    claims.exactly(statically.to("m1_second"), second.message1());
    claims.exactly(statically.to("m2"), second.message2());
    claims.exactly(statically.to("m3"), second.message3());
    claims.exactly(statically.to("m4"), second.message4());
    claims.exactly(statically.to("ID_CRED"), CredentialReference.kidMap(1).octets());
  }

  private static void longTags(Place sizes, Claims claims) {
    Place effect = sizes.to("suite3_effect");
    EdhocSizes kid2 = Shapes.edhoc(3, Shapes.KID);
    EdhocSizes kid3 = Shapes.edhoc(3, 3, Shapes.KID, Shapes.KID);
    EdhocSizes x5t2 = Shapes.edhoc(0, Shapes.X5T);
    EdhocSizes x5t3 = Shapes.edhoc(0, 3, Shapes.X5T, Shapes.X5T);
    claims.exactly(effect.to("M3 kid suite2"), Shapes.messages(kid2));
    claims.exactly(effect.to("M3 kid suite3"), Shapes.messages(kid3));
    claims.exactly(effect.to("M0 x5t suite3"), Shapes.messages(x5t3));
    Place remark = sizes.to("notes", 0);
    claims.noted(remark, "method 3 kid, message_3", kid3.message3() - kid2.message3(), 0);
    claims.noted(remark, "method 3 kid, total", kid3.total() - kid2.total(), 0);
    claims.noted(remark, "method 0 x5t, message_2", x5t3.message2() - x5t2.message2(), 0);
    claims.noted(remark, "method 0 x5t, total", x5t3.total() - x5t2.total(), 0);
    claims.noted(sizes.to("notes", 6), "cTLS 105/119/20", sum(105, 119, 20), 0);
  }

  private static int sum(int... octets) {
    return Arrays.stream(octets).sum();
  }
}
