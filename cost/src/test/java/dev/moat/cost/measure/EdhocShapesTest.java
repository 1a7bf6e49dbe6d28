package dev.moat.cost.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.RecordedExchange;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list that reports compare, as a whole. */
class EdhocShapesTest {
  private final EdhocBench bench = new EdhocBench();

  @Test
  void haveKeysOfTheirOwn() {
    List<EdhocShape> shapes = EdhocShapes.standard();
    assertThat(shapes).hasSizeBetween(20, 40).contains(EdhocShapes.reference());
    assertThat(shapes).extracting(EdhocShape::id).doesNotHaveDuplicates();
    assertThat(shapes).extracting(EdhocShape::method).contains(0, 1, 2, 3, 4);
  }

  @Test
  @Timeout(60)
  @Tag("LK-100")
  @Tag("LK-101")
  void allRun() {
    List<RecordedExchange> exchanges = EdhocShapes.standard().stream().map(bench::run).toList();
    assertThat(exchanges)
        .allSatisfy(exchange -> assertThat(exchange.messages()).hasSizeBetween(4, 6));
  }
}
