package dev.moat.cli.cost;

import dev.moat.cost.study.RadioSettings;
import dev.moat.radio.lorawan.FrameHeader;
import dev.moat.radio.lorawan.LorawanSettings;
import dev.moat.radio.lorawan.Region;
import dev.moat.radio.nbiot.PowerProfile;
import dev.moat.radio.sixtisch.FrameRoom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Under which conditions exchanges are costed; picocli fills it in. */
final class RadioFlags {
  /** With more, the source route leaves no room in a frame. */
  private static final int MAX_HOPS = 27;

  private static final int BENCHMARK_HOPS = 5;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "LoRaWAN: EU868 (the default), US915, AS923, or AS923-DWELL where packets last at most"
              + " 400 ms.")
  private String region = "EU868";

  @Option(
      names = "--data-rate",
      paramLabel = "DR",
      description =
          "LoRaWAN: the uplink's data rate, as 0 or DR0. The default is 0: SF12 in Europe.")
  private @Nullable String dataRate;

  @Option(
      names = "--fopts",
      paramLabel = "OCTETS",
      description = "LoRaWAN: MAC commands in every frame, 0 (the default) to 15 octets.")
  private int fOpts;

  @Option(
      names = "--hops",
      paramLabel = "N",
      description =
          "6TiSCH: hops to the root, 1 to 27. Without it, the benchmark's 5 hops with room for 47"
              + " octets up and 45 down.")
  private @Nullable Integer hops;

  /** Created by picocli. */
  RadioFlags() {}

  /**
   * The settings.
   *
   * @throws IllegalArgumentException naming the option and its rule
   */
  RadioSettings settings() {
    if (hops != null && (hops < 1 || hops > MAX_HOPS)) {
      throw new IllegalArgumentException("--hops are 1 to " + MAX_HOPS + ", not " + hops);
    }
    if (fOpts < 0 || fOpts > FrameHeader.MAX_FOPTS) {
      throw new IllegalArgumentException(
          "--fopts are 0 to " + FrameHeader.MAX_FOPTS + " octets, not " + fOpts);
    }
    LorawanSettings lorawan = new LorawanSettings(region(), dataRate(), fOpts);
    FrameRoom room =
        hops == null || hops == BENCHMARK_HOPS ? FrameRoom.benchmark() : FrameRoom.at(hops);
    return new RadioSettings(lorawan, room, PowerProfile.benchmark());
  }

  private Region region() {
    String name = region.toUpperCase(Locale.ROOT).replace('-', '_');
    List<Region> all = Arrays.asList(Region.values());
    return all.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("--region is one of " + all + ", not " + region));
  }

  /** The lowest that the region allows, unless told. */
  private int dataRate() {
    if (dataRate == null) {
      return region().uplinkDataRates().get(0).number();
    }
    String digits = dataRate.toUpperCase(Locale.ROOT).replaceFirst("^DR", "");
    if (!digits.matches("[0-9]{1,2}")) {
      throw new IllegalArgumentException("--data-rate is a number, as 0 or DR0, not " + dataRate);
    }
    return Integer.parseInt(digits);
  }
}
