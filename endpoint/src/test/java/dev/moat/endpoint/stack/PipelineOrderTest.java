package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.service.EventSink;
import dev.moat.engine.resource.Router;
import org.junit.jupiter.api.Test;

/** The order of the stages is security; see the comments in {@link Pipelines}. */
class PipelineOrderTest {
  @Test
  void ordersTheServerFromPolicyToRouter() {
    assertThat(stack(StackConfig.defaults()).serverStages())
        .containsExactly("policy", "freshness", "request-tag", "blocks", "loop return");
  }

  @Test
  void runsTheOffloadInsideOfTheLoopReturn() {
    assertThat(stack(StackConfig.defaults().withOffload(Runnable::run)).serverStages())
        .endsWith("loop return", "offload");
  }

  @Test
  void ordersTheClientFromCallerToEngine() {
    assertThat(stack(StackConfig.defaults()).clientStages())
        .containsExactly("confirmable actuators", "blocks", "echo");
  }

  @Test
  void leavesOutOnlyTheRemedyThatIsSwitchedOff() {
    assertThat(stack(StackConfig.defaults().withRequestTag(false)).serverStages())
        .containsExactly("policy", "freshness", "blocks", "loop return");
    assertThat(stack(StackConfig.defaults().withConfirmableActuators(false)).clientStages())
        .containsExactly("blocks", "echo");
  }

  private static Stack stack(StackConfig config) {
    return Stack.of(config, Router.of(), target -> {}, EventSink.NONE);
  }
}
