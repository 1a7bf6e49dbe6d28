package dev.moat.radio.reference;

import dev.moat.radio.sizes.OscoreOverhead;
import dev.moat.radio.sizes.RecordLayer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Section record_overhead, what is not compressed. */
final class OverheadClaims {
  private static final int TAG = 8;
  private static final OptionalInt NO_CONTEXT = OptionalInt.empty();

  /** Group OSCORE sends an empty Gid's length even so. */
  private static final OptionalInt EMPTY_GROUP = OptionalInt.of(0);

  private static final Map<String, RecordLayer> RECORDS =
      Map.of(
          "DTLS 1.2", RecordLayer.DTLS_1_2,
          "DTLS 1.3", RecordLayer.DTLS_1_3,
          "TLS 1.2", RecordLayer.TLS_1_2,
          "TLS 1.3", RecordLayer.TLS_1_3);

  private OverheadClaims() {}

  static void add(Place file, Claims claims) {
    Place overhead = file.to("record_overhead");
    bySequenceNumber(overhead.to("by_sequence_number_8B_ICV_empty_id"), claims);
    byIdentifier(overhead.to("by_connection_or_sender_id_seq05"), claims);
    for (Place row : overhead.to("excluding_ICV", "rows").children()) {
      claims.exactly(row.to(0), of(row.name(), 1, 0, 0));
    }
    rfc8613(overhead.to("rfc8613_vectors"), claims);
  }

  private static void bySequenceNumber(Place table, Claims claims) {
    for (Place row : table.to("rows").children()) {
      if (isUncompressed(row)) {
        for (int i = 0; i < 3; i++) {
          int numberOctets = table.to("columns", i).text().length() / 2;
          claims.exactly(row.to(i), of(row.name(), numberOctets, 0, TAG));
        }
      }
    }
  }

  private static void byIdentifier(Place table, Claims claims) {
    for (Place row : table.to("rows").children()) {
      if (isUncompressed(row)) {
        for (int i = 0; i < 3; i++) {
          int idOctets = (table.to("columns", i).text().length() - 2) / 2;
          claims.exactly(row.to(i), of(row.name(), 1, idOctets, TAG));
        }
      }
    }
  }

  private static boolean isUncompressed(Place row) {
    return !row.name().contains("(GHC)");
  }

  private static int of(String protocol, int numberOctets, int idOctets, int tag) {
    if (protocol.endsWith("request")) {
      OptionalInt context = protocol.startsWith("Group") ? EMPTY_GROUP : NO_CONTEXT;
      return OscoreOverhead.request(numberOctets, idOctets, context, tag);
    }
    if (protocol.endsWith("response")) {
      return OscoreOverhead.response(tag);
    }
    return RECORDS.get(protocol).overhead(idOctets, tag);
  }

  /** Appendix C: Partial IV of one octet, Sender ID empty or of one octet, ID Context of eight. */
  private static void rfc8613(Place vectors, Claims claims) {
    List<String> names =
        List.of("C.4", "C.5", "C.6 (8-byte ID Context)", "C.7 response", "C.8 response with PIV");
    int[] added = {
      OscoreOverhead.request(1, 0, NO_CONTEXT, TAG),
      OscoreOverhead.request(1, 1, NO_CONTEXT, TAG),
      OscoreOverhead.request(1, 0, OptionalInt.of(8), TAG),
      OscoreOverhead.response(TAG),
      OscoreOverhead.responseWithPartialIv(1, TAG)
    };
    claims.exactly(vectors.to("delta"), added);
    for (int i = 0; i < added.length; i++) {
      Place sizes = vectors.to(names.get(i));
      claims.exactly(sizes.to(1), sizes.to(0).integer() + added[i]);
    }
  }
}
