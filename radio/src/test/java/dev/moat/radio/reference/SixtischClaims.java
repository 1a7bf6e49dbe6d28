package dev.moat.radio.reference;

import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.lorawan.LorawanSettings;
import dev.moat.radio.lorawan.SubBand;
import dev.moat.radio.lorawan.duty.BurstBudget;
import dev.moat.radio.sixtisch.FrameHeaders;
import dev.moat.radio.sixtisch.FrameRoom;
import dev.moat.radio.sixtisch.JoinBounds;
import dev.moat.radio.sixtisch.MessageFrames;
import dev.moat.radio.sixtisch.SixtischCost;
import dev.moat.radio.sixtisch.SixtischModel;
import dev.moat.radio.sixtisch.Slotframe;
import dev.moat.radio.sixtisch.SyncTime;
import dev.moat.radio.sizes.EdhocSizes;
import java.util.Arrays;
import java.util.Map;

/** Sections 6tisch and fragment_requirements, and the frames of the EDHOC size model. */
final class SixtischClaims {
  private static final FrameRoom ROOM = FrameRoom.benchmark();

  /** {@code true} before message_1 and C_R before message_3. */
  private static final int[] PREFIXES = {1, 0, 1};

  /** "within 0.024%" (sync_model, check). */
  private static final double SHARE_OF_SIMULATION = 0.00024;

  private SixtischClaims() {}

  static void add(Place file, Claims claims) {
    Place sixtisch = file.to("6tisch");
    claims.exactly(sixtisch.to("frame_max"), FrameHeaders.FRAME_OCTETS);
    Place room = sixtisch.to("coap_payload_5hops");
    claims.exactly(room.to("uplink"), ROOM.octets(Direction.UPLINK));
    claims.exactly(room.to("downlink"), ROOM.octets(Direction.DOWNLINK));
    claims.exactly(sixtisch.to("RFC8180", "timeslot_ms"), Slotframe.minimal().slotMicros() / 1000);
    synchronisation(sixtisch.to("sync_model"), claims);
    sixtisch.to("join_model_montecarlo").children().forEach(row -> bounds(row, claims));
    sixtisch.to("frames_by_protocol").children().forEach(row -> frames(row, claims));
    framesPerJoin(sixtisch, claims);
    for (Place row : sixtisch.to("sim6t_reference").children()) {
      int frames =
          row.to("stages").children().stream()
              .mapToInt(stage -> Arrays.stream(stage.integers()).sum())
              .sum();
      claims.checkedSum(row.to("frames"), frames);
    }
    requirements(file.to("fragment_requirements"), claims);
    for (Place row : file.to("handshake_sizes", "edhoc_size_model", "rows").children()) {
      SixtischCost cost = cost(Direction.UPLINK, withPrefixes(EdhocModelClaims.sizes(row)));
      claims.exactly(row.to("frames_6tisch_47up_45down"), perMessage(cost));
      claims.exactly(row.to("frames_6tisch_total"), cost.frames());
    }
    int[] content = Shapes.messages(Shapes.edhoc(3, Shapes.KID), PREFIXES);
    claims.exactly(
        file.to("footprint", "handshake_802154", "EDHOC", "content"), Arrays.stream(content).sum());
  }

  /**
   * Examples are named by channels and probability: "C16 p0.50". They are what another program
   * simulated; the file says how near its rows are.
   */
  private static void synchronisation(Place model, Claims claims) {
    claims.rounded(model.to("T_eb_s"), SyncTime.FULL_FRAME_MICROS / 1e6, 6);
    for (Place example : model.to("examples_s").children()) {
      String[] words = example.name().split(" ");
      int channels = Integer.parseInt(words[0].substring(1));
      double probability = Double.parseDouble(words[1].substring(1));
      double seconds = SyncTime.minimal(channels, probability).meanMicros() / 1e6;
      claims.near(example, seconds, SHARE_OF_SIMULATION);
    }
  }

  private static void bounds(Place row, Claims claims) {
    JoinBounds bounds =
        new JoinBounds(
            row.to("N").integer(),
            row.to("frames").integer(),
            row.to("h").integer(),
            Slotframe.minimal());
    claims.rounded(row.to("lower_bound_s"), bounds.lowerBoundMicros() / 1e6, 1);
    claims.rounded(row.to("aloha_opt_s"), bounds.alohaOptimumMicros() / 1e6, 1);
  }

  private static void frames(Place row, Claims claims) {
    Map<String, int[]> edhoc =
        Map.of(
            "EDHOC M3 kid (+true/+C_R)", withPrefixes(Shapes.edhoc(3, Shapes.KID)),
            "EDHOC M3 x5t", withPrefixes(Shapes.edhoc(3, Shapes.X5T)),
            "EDHOC M0 kid", withPrefixes(Shapes.edhoc(0, Shapes.KID)),
            "EDHOC M0 x5t", withPrefixes(Shapes.edhoc(0, Shapes.X5T)),
            "EDHOC M3 kccs44", withPrefixes(Shapes.edhoc(3, Shapes.KCCS_44)),
            "EDHOC-PSK", pskWithPrefixes());
    if (edhoc.containsKey(row.name())) {
      claims.exactly(row.to("sizes"), edhoc.get(row.name()));
    }
    int[] sizes = row.to("sizes").integers();
    SixtischCost forward = cost(Direction.UPLINK, sizes);
    claims.exactly(row.to("device_initiated_up_down_up"), perMessage(forward));
    claims.exactly(row.to("sum"), forward.frames());
    claims.exactly(row.to("infra_initiated_sum"), cost(Direction.DOWNLINK, sizes).frames());
  }

  /**
   * The frames of a handshake and one more. In the row of kid that is the response to the join
   * request, which itself rides along with message_3. In the others it is the empty response (in
   * DTLS the ACK) that ends the handshake; they count no join request and no answer to one.
   */
  private static void framesPerJoin(Place sixtisch, Claims claims) {
    Map<String, String> handshakes =
        Map.of(
            "EDHOC M3 kid + combined join request (3+1)", "EDHOC M3 kid (+true/+C_R)",
            "EDHOC 5 fragments + response", "EDHOC M3 kccs44",
            "EDHOC M0 x5t (1+3+2+1)", "EDHOC M0 x5t",
            "DTLS1.3 PSK ECDHE (5+6+2+1)", "DTLS1.3 PSK ECDHE",
            "DTLS1.3 RPK ECDHE (4+11+6+1)", "DTLS1.3 RPK");
    handshakes.forEach(
        (join, handshake) -> {
          int[] sizes = sixtisch.to("frames_by_protocol", handshake, "sizes").integers();
          int lastResponse = 1;
          claims.exactly(
              sixtisch.to("frames_per_join", join),
              cost(Direction.UPLINK, sizes).frames() + lastResponse);
        });
  }

  private static void requirements(Place requirements, Claims claims) {
    BurstBudget budget = BurstBudget.draft();
    claims.exactly(
        requirements.to("toa_uplink_sf12_s"),
        (int) (budget.lowerBoundMicros() / 1_000_000),
        (int) (budget.upperBoundMicros() / 1_000_000));
    long hourlyShare = new SubBand("1 %", 868_000, 868_600, 100).budgetMicros();
    claims.exactly(requirements.to("burst_budget_s"), hourlyShare / 1_000_000);
    claims.exactly(
        requirements.to("frame_lorawan"),
        LorawanSettings.benchmark().maxAppOctets(Direction.UPLINK));
    claims.exactly(requirements.to("frame_6tisch", "up"), ROOM.octets(Direction.UPLINK));
    claims.exactly(requirements.to("frame_6tisch", "down"), ROOM.octets(Direction.DOWNLINK));
    Map<String, EdhocSizes> verdicts =
        Map.of(
            "M3 kid", Shapes.edhoc(3, Shapes.KID),
            "M3 x5t both", Shapes.edhoc(3, Shapes.X5T),
            "M3 kccs(44 B CCS) both", Shapes.edhoc(3, Shapes.KCCS_44),
            "M2 R-sig x5t, I kid", Shapes.edhoc(2, 2, Shapes.X5T, Shapes.KID),
            "M1 I-sig x5t, R kid", Shapes.edhoc(1, 2, Shapes.KID, Shapes.X5T),
            "M0 x5t both", Shapes.edhoc(0, Shapes.X5T),
            "M0 kid both", Shapes.edhoc(0, Shapes.KID));
    verdicts.forEach(
        (name, sizes) ->
            claims.exactly(
                requirements.to("verdict", name),
                cost(Direction.UPLINK, withPrefixes(sizes)).frames()));
  }

  private static int[] withPrefixes(EdhocSizes sizes) {
    return Shapes.messages(sizes, PREFIXES);
  }

  private static int[] pskWithPrefixes() {
    int[] messages = Shapes.pskMessages();
    for (int i = 0; i < messages.length; i++) {
      messages[i] += PREFIXES[i];
    }
    return messages;
  }

  private static SixtischCost cost(Direction first, int... sizes) {
    return SixtischModel.cost(Exchange.alternating("any", first, sizes), ROOM);
  }

  private static int[] perMessage(SixtischCost cost) {
    return cost.messages().stream().mapToInt(MessageFrames::frames).toArray();
  }
}
