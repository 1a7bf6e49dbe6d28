package dev.moat.cost.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.EdhocShape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhatIfShapesTest {
  @Test
  void namesNoExchangeTwiceAndNoneThatIsThere() {
    List<EdhocShape> shapes = WhatIfShapes.without(Shapes.all());

    assertThat(shapes).doesNotHaveDuplicates().doesNotContainAnyElementsOf(Shapes.all());
  }

  @Test
  void hasPreSharedKeysWithMethod4Only() {
    for (EdhocShape shape : WhatIfShapes.without(List.of())) {
      assertThat(shape.method() == 4).isEqualTo(shape.initiator() == CredentialForm.PSK);
      assertThat(shape.method() == 4).isEqualTo(shape.responder() == CredentialForm.PSK);
    }
  }

  @Test
  void leadsFromTheSmallestExchangeToEveryCredentialPathFlowAndBeginningByOneChoice() {
    List<EdhocShape> all = new ArrayList<>(Shapes.all());
    all.addAll(WhatIfShapes.without(all));
    EdhocShape smallest = Shapes.SMALLEST;

    for (CredentialForm form :
        List.of(
            CredentialForm.KCCS,
            CredentialForm.KCCS_LONG,
            CredentialForm.X5T,
            CredentialForm.X5CHAIN)) {
      assertThat(all).anyMatch(one -> one.equals(withInitiator(smallest, form)));
    }
    assertThat(all)
        .contains(
            Shapes.withPath(smallest, EdhocShape.PathForm.DEFAULT),
            Shapes.withFlow(smallest, EdhocShape.Flow.SEQUENTIAL));
    assertThat(all.stream().map(EdhocShape::suite)).contains(0, 2, 3);
    assertThat(all.stream().map(EdhocShape::method)).contains(0, 1, 2, 3, 4);
  }

  private static EdhocShape withInitiator(EdhocShape shape, CredentialForm form) {
    return new EdhocShape(
        shape.method(),
        form,
        shape.responder(),
        shape.suite(),
        shape.path(),
        shape.flow(),
        shape.begins());
  }
}
