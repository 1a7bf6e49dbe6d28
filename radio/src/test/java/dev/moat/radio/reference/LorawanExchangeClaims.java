package dev.moat.radio.reference;

import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.lorawan.LorawanCost;
import dev.moat.radio.lorawan.LorawanModel;
import dev.moat.radio.lorawan.LorawanSettings;
import dev.moat.radio.lorawan.MessageCost;
import dev.moat.radio.lorawan.duty.BurstBudget;
import dev.moat.radio.lorawan.duty.BurstBudget.Band;
import dev.moat.radio.lorawan.duty.StopAndWait;
import dev.moat.radio.lorawan.duty.Timetable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Section lorawan: exchanges, their packets, uplink and waits. */
final class LorawanExchangeClaims {
  private static final LorawanSettings BENCHMARK = LorawanSettings.benchmark();
  private static final BurstBudget BUDGET = BurstBudget.draft();
  private static final int SCHC_RULE = 2;

  private LorawanExchangeClaims() {}

  static void add(Place file, Claims claims) {
    Place lorawan = file.to("lorawan");
    List<int[]> edhoc = edhocSizes(file);
    List<Place> rows = lorawan.to("ake_uplink_toa").children();
    for (int i = 0; i < rows.size(); i++) {
      if (i < edhoc.size()) {
        claims.exactly(rows.get(i).to("sizes"), edhoc.get(i));
      }
      uplink(rows.get(i), claims);
    }
    for (Place row : lorawan.to("published_backoff_table").children()) {
      if (row.has("ToA_s")) {
        backoff(row, claims);
      }
    }
    fedrecheski(lorawan.to("published_fedrecheski"), claims);
    packets(file.to("handshake_sizes", "edhoc_size_model", "rows"), claims);
  }

  /** The sizes of the table's first rows, those of EDHOC, from their names. */
  private static List<int[]> edhocSizes(Place file) {
    Place longPath = file.to("handshake_sizes", "coap_transport_overhead_default_path");
    Place example = file.to("handshake_sizes", "rfc9668_example");
    var kid = Shapes.edhoc(3, Shapes.KID);
    int[] combined = Shapes.messages(kid, 12, 5, 0);
    combined[2] = example.to("coap_total").integer() - 4;
    int[] raw = Shapes.messages(kid);
    return List.of(
        raw,
        raw,
        Shapes.messages(kid, 12, 5, 12),
        combined,
        Shapes.messages(
            kid,
            longPath.to("message_1").integer(),
            longPath.to("message_2").integer(),
            longPath.to("message_3").integer()),
        Shapes.messages(kid, 12, 5, 12),
        Shapes.messages(Shapes.edhoc(3, Shapes.X5T)),
        Shapes.messages(Shapes.edhoc(0, Shapes.X5T)),
        Shapes.messages(Shapes.edhoc(0, Shapes.KID)),
        Shapes.messages(Shapes.edhoc(1, 2, Shapes.KID, Shapes.X5T)),
        Shapes.messages(Shapes.edhoc(2, 2, Shapes.X5T, Shapes.KID)),
        Shapes.messages(Shapes.edhoc(3, Shapes.KCCS_44)),
        Shapes.pskMessages());
  }

  private static void uplink(Place row, Claims claims) {
    String name = row.to("name").text();
    Direction first = name.contains("infra") ? Direction.DOWNLINK : Direction.UPLINK;
    LorawanCost cost = cost(name, first, row.to("sizes").integers());
    long micros = cost.airMicros(Direction.UPLINK);
    claims.exactly(row.to("packets"), packetsPerMessage(cost));
    claims.rounded(row.to("uplink_ToA_s_SF12"), micros / 1e6, 3);
    claims.flag(row.to("in_4_6"), BUDGET.band(micros) == Band.WITHIN);
    claims.flag(row.to("meets_max_6"), BUDGET.meets(micros));
    claims.rounded(row.to("with_2_retx_s"), BUDGET.burstMicros(micros) / 1e6, 2);
    claims.rounded(
        row.to("with_1_retx_s"),
        BurstBudget.draftWithOneRetransmission().burstMicros(micros) / 1e6,
        2);
  }

  /**
   * Rows are named by their flights: "EDHOC PSK 44/46/11". The sheet gives downlinks a CRC and
   * drops fractions of a millisecond of every packet; the model does neither, so no ToA_s of it is
   * right.
   */
  private static void backoff(Place row, Claims claims) {
    String flights = row.name().substring(row.name().lastIndexOf(' ') + 1);
    int[] sizes = Arrays.stream(flights.split("/")).mapToInt(Integer::parseInt).toArray();
    LorawanCost cost = cost(row.name(), Direction.UPLINK, sizes);
    Timetable timetable = StopAndWait.inOneSubBand().schedule(cost);
    claims.rounded(row.to("ToA_s"), cost.airMicros() / 1e6, 3);
    claims.rounded(row.to("backoff_min"), timetable.backoffMicros() / 60e6, 2);
  }

  /**
   * EDHOC: three messages with their prefixes and an empty answer, each with two octets for SCHC.
   * For DTLS the messages are not published, only their sum: no fragmentation of it, whichever way
   * it goes, can take less than the packets do that carry an octet fastest.
   */
  private static void fedrecheski(Place section, Claims claims) {
    int[] edhoc = Shapes.messages(Shapes.edhoc(3, Shapes.KID), 1, 0, 1);
    int[] sent = Arrays.stream(Arrays.copyOf(edhoc, 4)).map(one -> one + SCHC_RULE).toArray();
    claims.exactly(section.to("total_bytes", "EDHOC"), Arrays.stream(sent).sum());
    LorawanCost cost = cost("EDHOC", Direction.UPLINK, sent);
    Place times = section.to("SF12_total_s");
    claims.rounded(times.to("EDHOC RPK mutual"), cost.airMicros() / 1e6, 2);
    double leastPerOctet = leastMicrosPerOctet();
    for (Place octets : section.to("total_bytes").children()) {
      if (!octets.name().equals("EDHOC")) {
        double bound = octets.integer() * leastPerOctet / 1e6;
        claims.rounded(times.to(octets.name()), bound, 2);
      }
    }
  }

  /** Over all packets there are; not the longest ones, as time on air grows in steps. */
  private static double leastMicrosPerOctet() {
    return Arrays.stream(Direction.values())
        .flatMapToDouble(
            direction ->
                IntStream.rangeClosed(1, BENCHMARK.maxAppOctets(direction))
                    .mapToDouble(
                        octets -> (double) cost("one", direction, octets).airMicros() / octets))
        .min()
        .orElseThrow();
  }

  private static void packets(Place rows, Claims claims) {
    for (Place row : rows.children()) {
      LorawanCost cost =
          cost("EDHOC", Direction.UPLINK, Shapes.messages(EdhocModelClaims.sizes(row)));
      claims.exactly(row.to("packets_lorawan51_raw"), cost.packets());
    }
  }

  private static LorawanCost cost(String name, Direction first, int... sizes) {
    return LorawanModel.cost(Exchange.alternating(name, first, sizes), BENCHMARK);
  }

  private static int[] packetsPerMessage(LorawanCost cost) {
    return cost.messages().stream().map(MessageCost::packets).mapToInt(List::size).toArray();
  }
}
