package dev.moat.cost.study;

import dev.moat.cost.exchange.EdhocShape;
import java.util.List;

/**
 * What a study runs.
 *
 * @param radio under which conditions exchanges are costed
 * @param shapes the EDHOC exchanges beside {@link Shapes#all}
 * @param parallel how many handshakes run at once, in each run
 * @param formation which networks are formed
 */
public record StudyPlan(
    RadioSettings radio, List<EdhocShape> shapes, List<Integer> parallel, FormationPlan formation) {
  /** Keeps copies. */
  public StudyPlan {
    shapes = List.copyOf(shapes);
    parallel = List.copyOf(parallel);
  }

  /** What {@code moat cost} runs when it is asked for nothing special. */
  public static StudyPlan usual(List<EdhocShape> shapes) {
    return new StudyPlan(
        RadioSettings.benchmark(), shapes, List.of(1, 10, 100), FormationPlan.usual());
  }
}
