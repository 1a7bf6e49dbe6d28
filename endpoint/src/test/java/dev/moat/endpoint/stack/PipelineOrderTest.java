package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.service.EventSink;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.server.EdhocServer;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.endpoint.EdhocFixture;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.context.ContextTable;
import dev.moat.testkit.InsecureSeededRandom;
import java.time.Instant;
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

  @Test
  void verifiesBeforeAnythingElseActsOnARequest() {
    assertThat(stack(withOscore()).serverStages())
        .containsExactly(
            "outer blocks",
            "oscore",
            "inner requests",
            "policy",
            "freshness",
            "request-tag",
            "blocks",
            "loop return");
  }

  @Test
  void leavesOutOnConnectionsOnlyWhatGuardsAgainstDatagrams() {
    assertThat(connections(StackConfig.defaults()).serverStages())
        .isEqualTo(stack(StackConfig.defaults()).serverStages());
    assertThat(connections(StackConfig.defaults()).clientStages())
        .containsExactly("message room", "blocks", "echo");
    assertThat(connections(withOscore()).serverStages())
        .isEqualTo(stack(withOscore()).serverStages());
    assertThat(connections(withOscore()).clientStages())
        .startsWith("message room", "context on demand", "association", "blocks", "echo");
  }

  private static StreamStack connections(StackConfig config) {
    return StreamStack.of(config, Router.of(), new InsecureSeededRandom(1), EventSink.NONE);
  }

  @Test
  void protectsAfterEveryStageThatSendsMessages() {
    assertThat(stack(withOscore()).clientStages())
        .containsExactly(
            "confirmable actuators",
            "context on demand",
            "association",
            "blocks",
            "echo",
            "deregistration",
            "message_3",
            "oscore",
            "combined",
            "outer blocks");
  }

  @Test
  void uncoversCombinedRequestsFirstAndVouchesForFreshOnesBehindTheVerification() {
    RecipientIds ids = new RecipientIds(new ContextTable());
    EdhocServerConfig config =
        EdhocServerConfig.of(EdhocFixture.server().build(), EdhocFixture.rules());
    EdhocServer edhoc =
        new EdhocServer(config, ids, target -> {}, () -> Instant.EPOCH, EventSink.NONE);
    OscoreConfig oscore = OscoreConfig.of(ids.contexts()).withEdhoc(edhoc);
    assertThat(stack(StackConfig.defaults().withOscore(oscore)).serverStages())
        .containsExactly(
            "outer blocks",
            "combined requests",
            "oscore",
            "fresh handshakes",
            "inner requests",
            "policy",
            "freshness",
            "request-tag",
            "reachability",
            "blocks",
            "loop return");
  }

  private static StackConfig withOscore() {
    return StackConfig.defaults().withOscore(OscoreConfig.forRequestsOnly());
  }

  private static Stack stack(StackConfig config) {
    return Stack.of(config, Router.of(), target -> {}, EventSink.NONE);
  }
}
