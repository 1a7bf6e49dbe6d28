package dev.moat.radio.lorawan;

import dev.moat.radio.lorawan.RegionTable.Bands;
import dev.moat.radio.lorawan.RegionTable.DwellTime;
import dev.moat.radio.lorawan.air.FskModulation;
import dev.moat.radio.lorawan.air.Modulation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The regions' data; where it is from stands at {@link Region}. */
final class RegionTables {
  private static final FskModulation FSK = new FskModulation(50_000);

  private RegionTables() {}

  /** RP002-1.0.1, Tables 9 and 10; sub-bands as {@code RegionEU868.c} has them. */
  static RegionTable eu868() {
    SubBand channels = new SubBand("868.0-868.6", 868_000, 868_600, 100);
    SubBand strong = new SubBand("869.4-869.65", 869_400, 869_650, 10);
    List<SubBand> bands =
        List.of(
            new SubBand("863-865", 863_000, 865_000, 1000),
            new SubBand("865-868", 865_000, 868_000, 100),
            channels,
            new SubBand("868.7-869.2", 868_700, 869_200, 1000),
            strong,
            new SubBand("869.7-870", 869_700, 870_000, 100));
    return new RegionTable(
        List.of(
            lora(0, 12, 125, 51, 51),
            lora(1, 11, 125, 51, 51),
            lora(2, 10, 125, 51, 51),
            lora(3, 9, 125, 115, 115),
            lora(4, 8, 125, 242, 222),
            lora(5, 7, 125, 242, 222),
            lora(6, 7, 250, 242, 222),
            new DataRate(7, FSK, 242, 222)),
        Map.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7),
        Set.of(),
        DwellTime.UNLIMITED,
        new Bands(bands, channels, strong),
        0);
  }

  /**
   * RP002-1.0.1, Tables 13 and 16 to 18. With a repeater, 1.0.2B has 242 octets for DR3 and DR4;
   * the later number is taken.
   */
  static RegionTable us915() {
    SubBand band = new SubBand("902-928", 902_000, 928_000, 1);
    return new RegionTable(
        List.of(
            lora(0, 10, 125, 11, 11),
            lora(1, 9, 125, 53, 53),
            lora(2, 8, 125, 125, 125),
            lora(3, 7, 125, 242, 222),
            lora(4, 8, 500, 242, 222),
            lora(8, 12, 500, 53, 33),
            lora(9, 11, 500, 129, 109),
            lora(10, 10, 500, 242, 222),
            lora(11, 9, 500, 242, 222),
            lora(12, 8, 500, 242, 222),
            lora(13, 7, 500, 242, 222)),
        Map.of(0, 10, 1, 11, 2, 12, 3, 13, 4, 13),
        Set.of(),
        DwellTime.LIMITED,
        new Bands(List.of(band), band, band),
        8);
  }

  /**
   * RP002-1.0.1, Tables 61 and 64, RP002-1.0.5, Table 73; the duty cycle is that of {@code
   * RegionAS923.h}. For DR2, 1.0.2B has 51 octets; the later number is taken.
   */
  static RegionTable as923() {
    return as923(
        List.of(
            lora(0, 12, 125, 51, 51),
            lora(1, 11, 125, 51, 51),
            lora(2, 10, 125, 115, 115),
            lora(3, 9, 125, 115, 115),
            lora(4, 8, 125, 242, 222),
            lora(5, 7, 125, 242, 222),
            lora(6, 7, 250, 242, 222),
            new DataRate(7, FSK, 242, 222)),
        Map.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7),
        DwellTime.UNLIMITED);
  }

  /** The same tables, the columns of 400 ms. */
  static RegionTable as923Dwell() {
    return as923(
        List.of(
            lora(2, 10, 125, 11, 11),
            lora(3, 9, 125, 53, 53),
            lora(4, 8, 125, 125, 125),
            lora(5, 7, 125, 242, 222),
            lora(6, 7, 250, 242, 222),
            new DataRate(7, FSK, 242, 222)),
        Map.of(2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7),
        DwellTime.LIMITED);
  }

  private static RegionTable as923(
      List<DataRate> dataRates, Map<Integer, Integer> downlinkOf, DwellTime dwellTime) {
    SubBand band = new SubBand("915-928", 915_000, 928_000, 100);
    return new RegionTable(
        dataRates,
        downlinkOf,
        dwellTime == DwellTime.LIMITED ? Set.of(0, 1) : Set.of(),
        dwellTime,
        new Bands(List.of(band), band, band),
        2);
  }

  private static DataRate lora(
      int number, int spreadingFactor, int bandwidthKhz, int maxApp, int maxAppWithRepeater) {
    return new DataRate(
        number, Modulation.lorawan(spreadingFactor, bandwidthKhz), maxApp, maxAppWithRepeater);
  }
}
