package dev.moat.radio.sixtisch.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moat.radio.sixtisch.Slotframe;
import dev.moat.radio.sixtisch.SyncTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("LK-116")
class BeaconScanTest {
  @Test
  void theSimulatedScanHasTheMeanOfTheFormula() {
    for (SyncTime settings :
        List.of(
            SyncTime.minimal(16, 1),
            SyncTime.minimal(16, 0.33),
            SyncTime.minimal(4, 1),
            SyncTime.minimal(1, 1),
            new SyncTime(16, 0.5, 0.7, new Slotframe(17, 15_000), 1000))) {
      SplittableRandom random = new SplittableRandom(5);
      Sample scans =
          Sample.of(
              DoubleStream.generate(() -> BeaconScan.micros(settings, random))
                  .limit(5000)
                  .toArray());
      assertThat(scans.mean())
          .as("%s", settings)
          .isCloseTo(settings.meanMicros(), within(3 * scans.standardError()));
    }
  }
}
