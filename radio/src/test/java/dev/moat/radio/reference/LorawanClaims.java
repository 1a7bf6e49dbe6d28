package dev.moat.radio.reference;

import dev.moat.radio.lorawan.DataRate;
import dev.moat.radio.lorawan.FrameHeader;
import dev.moat.radio.lorawan.Region;
import dev.moat.radio.lorawan.Repeater;
import dev.moat.radio.lorawan.SubBand;
import dev.moat.radio.lorawan.air.Framing;
import dev.moat.radio.lorawan.air.Modulation;
import dev.moat.radio.lorawan.air.TimeOnAir;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Section lorawan: tables of data rates and of times on air. */
final class LorawanClaims {
  private static final Map<String, Modulation> MODULATIONS =
      Map.of(
          "SF12", Modulation.lorawan(12, 125),
          "SF11", Modulation.lorawan(11, 125),
          "SF10", Modulation.lorawan(10, 125),
          "SF9", Modulation.lorawan(9, 125),
          "SF8", Modulation.lorawan(8, 125),
          "SF7", Modulation.lorawan(7, 125),
          "SF7BW250", Modulation.lorawan(7, 250));

  private static final Pattern TEST_OF_AIRTIME = Pattern.compile("(\\d+) B (SF\\d+) ([\\d.]+)");

  private LorawanClaims() {}

  static void add(Place file, Claims claims) {
    Place lorawan = file.to("lorawan");
    lorawan.to("EU868_DR").children().forEach(rate -> dataRate(rate, claims));
    dutyCycle(lorawan.to("duty_cycle"), claims);
    for (Place row : lorawan.to("toa_ms_uplink_by_app_payload").children()) {
      int phyOctets = FrameHeader.OCTETS + Integer.parseInt(row.name());
      claims.exactly(row.to("PHY"), phyOctets);
      timesOnAir(row, phyOctets, true, claims);
    }
    for (Place row : lorawan.to("toa_ms_downlink_noCRC").children()) {
      timesOnAir(row, FrameHeader.OCTETS + Integer.parseInt(row.name()), false, claims);
    }
    lorawan.to("worked").children().forEach(row -> worked(row, claims));
    publishedChecks(lorawan.to("published_checks"), claims);
  }

  private static void dataRate(Place row, Claims claims) {
    DataRate rate = Region.EU868.dataRate(Integer.parseInt(row.name().substring("DR".length())));
    Modulation modulation = (Modulation) rate.signal();
    int withRepeater = rate.maxAppOctets(Repeater.POSSIBLE);
    int mhdrAndMic = 1 + 4;
    claims.exactly(row.to("SF"), modulation.spreadingFactor());
    claims.exactly(row.to("BW_kHz"), modulation.bandwidthKhz());
    claims.exactly(row.to("N_max_app_payload_repeater"), withRepeater);
    claims.exactly(
        row.to("M_max_MACPayload_repeater"), withRepeater + FrameHeader.OCTETS - mhdrAndMic);
    claims.exactly(row.to("N_no_repeater"), rate.maxAppOctets(Repeater.ABSENT));
  }

  private static void dutyCycle(Place dutyCycle, Claims claims) {
    Map<String, Integer> inverse = Map.of("0.1%", 1000, "1%", 100, "10%", 10);
    for (Place budget : dutyCycle.to("budget_per_hour_s").children()) {
      SubBand any = new SubBand("any", 863_000, 870_000, inverse.get(budget.name()));
      claims.rounded(budget, any.budgetMicros() / 1e6, 1);
    }
    for (Place band : dutyCycle.to("sub_bands_LoRaMac").children()) {
      String name = band.name().substring(0, band.name().indexOf('('));
      SubBand known =
          Region.EU868.subBands().stream()
              .filter(one -> one.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no sub-band " + name));
      String percent =
          known.inverseDutyCycle() == 1000 ? "0.1" : "" + 100 / known.inverseDutyCycle();
      claims.text(band, percent + "%");
    }
  }

  private static void timesOnAir(Place row, int phyOctets, boolean crc, Claims claims) {
    for (Place time : row.children()) {
      if (MODULATIONS.containsKey(time.name())) {
        long micros = TimeOnAir.micros(MODULATIONS.get(time.name()), phyOctets, crc);
        claims.rounded(time, micros / 1e3, 3);
      }
    }
  }

  /** Rows are named by header and payload: "13+37". */
  private static void worked(Place row, Claims claims) {
    String[] parts = row.name().split("\\+");
    int phyOctets = Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]);
    timesOnAir(row, phyOctets, true, claims);
    for (Place off : row.to("off_time_s_at_1pct").children()) {
      long micros = TimeOnAir.micros(MODULATIONS.get(off.name()), phyOctets, true);
      claims.rounded(off, Region.EU868.defaultSubBand().offMicros(micros) / 1e6, 3);
    }
  }

  /** AN1200.13 prints one decimal and codes with 4/6; its payload has 10 octets, without CRC. */
  private static void publishedChecks(Place checks, Claims claims) {
    for (String factor : List.of("SF12", "SF10", "SF8")) {
      int spreading = Integer.parseInt(factor.substring(2));
      double millis = designGuide(new Modulation(spreading, 250, 2));
      claims.rounded(checks.to("AN1200.13 table2 (10 B, CR=2, BW250, CRC off)", factor), millis, 1);
      claims.rounded(checks.to("ours", factor), millis, 3);
    }
    for (String khz : List.of("125", "250", "500")) {
      double millis = designGuide(new Modulation(10, Integer.parseInt(khz), 2));
      claims.rounded(checks.to("AN1200.13 table3 (10 B,CR2,SF10,CRC off)", khz), millis, 1);
      claims.rounded(checks.to("ours3", khz), millis, 3);
    }
    for (String rate : List.of("CR1", "CR2", "CR4")) {
      double millis = designGuide(new Modulation(10, 250, Integer.parseInt(rate.substring(2))));
      claims.rounded(checks.to("AN1200.13 table4 (SF10 BW250 CRC off)", rate), millis, 1);
      claims.rounded(checks.to("ours4", rate), millis, 3);
    }
    claims.rounded(
        checks.to("TANUPOO README SF12 64 B"),
        TimeOnAir.micros(MODULATIONS.get("SF12"), 64, true) / 1e3,
        3);
    airtime(checks.to("AIRTIME tests"), claims);
  }

  private static double designGuide(Modulation modulation) {
    return TimeOnAir.micros(modulation, 10, Framing.lorawan(false)) / 1e3;
  }

  private static void airtime(Place tests, Claims claims) {
    Matcher cases = TEST_OF_AIRTIME.matcher(tests.text());
    claims.text(
        tests,
        cases.replaceAll(
            one -> {
              Modulation modulation = MODULATIONS.get(one.group(2));
              long micros = TimeOnAir.micros(modulation, Integer.parseInt(one.group(1)), true);
              return "%s B %s %d.%03d"
                  .formatted(one.group(1), one.group(2), micros / 1000, micros % 1000);
            }));
  }
}
