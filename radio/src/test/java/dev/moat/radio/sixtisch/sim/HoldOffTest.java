package dev.moat.radio.sixtisch.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the hold-off, which is in no RFC, does to 1000 nodes that are switched on together and have
 * a week. The figures stand in docs/lightweight/6tisch.md; seeds 1 and 2.
 */
class HoldOffTest {
  private static final long WEEK_MICROS = 7L * 24 * 3600 * 1_000_000;
  private static final List<Stage> FOUR_FRAMES = List.of(new Stage(1, 1), new Stage(1, 1));
  private static final FormationTopology TEN_HOPS = new FormationTopology(10, 20);
  private static final FormationTopology MESHED = FormationTopology.fullyMeshed();

  @Test
  void withoutItHardlyANodeJoinsOverTenHops() {
    assertThat(joined(TEN_HOPS, 1, 0)).isEqualTo(4);
    assertThat(joined(TEN_HOPS, 2, 0)).isEqualTo(10);
  }

  @Test
  void withoutItMostJoinAFullMeshButNotAll() {
    assertThat(joined(MESHED, 1, 0)).isEqualTo(804);
    assertThat(joined(MESHED, 2, 0)).isEqualTo(799);
  }

  @Test
  void withItAllJoinBoth() {
    long usual = FormationCell.minimal().holdOffMicros();
    for (long seed = 1; seed <= 2; seed++) {
      assertThat(joined(TEN_HOPS, seed, usual)).as("ten hops, seed " + seed).isEqualTo(1000);
      assertThat(joined(MESHED, seed, usual)).as("full mesh, seed " + seed).isEqualTo(1000);
    }
  }

  private static int joined(FormationTopology topology, long seed, long holdOffMicros) {
    FormationCell minimal = FormationCell.minimal();
    FormationCell cell =
        new FormationCell(
            minimal.slotframe(),
            minimal.mac(),
            minimal.timers(),
            minimal.beacons(),
            minimal.deliveryRatio(),
            holdOffMicros);
    FormationSettings settings =
        FormationSettings.of(1000, FOUR_FRAMES, topology, seed)
            .withCell(cell)
            .withTimeBound(WEEK_MICROS);
    return NetworkFormation.run(settings).joined();
  }
}
