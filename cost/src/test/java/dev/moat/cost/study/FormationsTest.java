package dev.moat.cost.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.radio.sixtisch.sim.FormationCell;
import dev.moat.radio.sixtisch.sim.FormationSettings;
import dev.moat.radio.sixtisch.sim.FormationTopology;
import dev.moat.radio.sixtisch.sim.Stage;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FormationsTest {
  @Test
  @Tag("LK-116")
  void whereNobodyJoinsTheTimeBoundStandsAndTheRowIsIncomplete() {
    FormationPlan deaf =
        new FormationPlan(
            List.of(1),
            FormationTopology.fullyMeshed(),
            FormationCell.minimal().withDeliveryRatio(1e-12),
            1,
            1);
    List<Formation> rows = new Formations(deaf).of("any", List.of(new Stage(1, 1)));
    double month = FormationSettings.MONTH_MICROS / 1e6;
    assertThat(rows).containsExactly(new Formation("any", 1, 2, month, month, false));
  }
}
