package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.message.Code;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method with public keys, in every way that messages go over CoAP. */
class MethodsTest {
  private static void assertContext(People people, Rig rig, EdhocClientConfig.Builder config) {
    ContextOnDemand context = new ContextOnDemand(rig.client(config.build()));
    assertThat(rig.put(context, "0")).as("%s", people).isEqualTo(Code.CHANGED);
    assertThat(rig.events(HandshakeEvent.Completed.class))
        .hasSize(2)
        .allMatch(completed -> completed.method().equals(people.method));
    assertThat(rig.edhoc.contexts().all()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("LK-013")
  void goForward(int method) {
    for (People people : List.of(People.of(method, 0), People.of(method, 2).byValue())) {
      for (boolean combined : new boolean[] {false, true}) {
        EdhocClientConfig.Builder config =
            EdhocClientConfig.forward(people.asInitiator().build(), Parties.rules(), people.method);
        if (combined) {
          config.combined();
        }
        Rig rig = new Rig(EdhocServerConfig.of(people.asResponder().build(), Parties.rules()));
        assertContext(people, rig, config);
      }
    }
  }

  /** The server initiates, so that the roles of method 1 and 2 change sides. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("LK-013")
  void goInReverse(int method) {
    for (People people : List.of(People.of(method, 0), People.of(method, 2).byValue())) {
      Rig rig =
          new Rig(
              EdhocServerConfig.builder(people.asInitiator().build(), Parties.rules())
                  .reverseOnly(people.method)
                  .build());
      assertContext(
          people, rig, EdhocClientConfig.reverse(people.asResponder().build(), Parties.rules()));
    }
  }
}
