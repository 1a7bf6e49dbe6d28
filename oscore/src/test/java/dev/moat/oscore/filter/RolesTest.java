package dev.moat.oscore.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.SecurityContext;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Both endpoints of one context are client and server (RFC 8613, Section 3.1). */
class RolesTest {
  private final SecurityContext here = Contexts.client();
  private final SecurityContext there = Contexts.server();

  @Test
  @Tag("LK-012")
  void asksInBothDirectionsUnderOneContextWithPartialIvsOfEachSide() {
    ClientRig clientHere = new ClientRig();
    ClientRig clientThere = new ClientRig();
    ServerRig serverHere = new ServerRig(here);
    ServerRig serverThere = new ServerRig(there);

    for (int i = 0; i < 3; i++) {
      assertThat(asked(clientHere, here, serverThere)).isEqualTo(Code.CONTENT);
      assertThat(asked(clientThere, there, serverHere)).isEqualTo(Code.CONTENT);
    }

    assertThat(serverThere.executed).hasSize(3);
    assertThat(serverHere.executed).hasSize(3);
    assertThat(here.replay().window().highest()).isEqualTo(2);
    assertThat(there.replay().window().highest()).isEqualTo(2);
    // Equal Partial IVs, yet not equal messages: each side has a key and an ID of its own.
    assertThat(clientHere.last().outer.payload()).isNotEqualTo(clientThere.last().outer.payload());
  }

  @Test
  @Tag("AT-02")
  void rejectsItsOwnRequestSentBack() {
    ClientRig client = new ClientRig();
    ServerRig server = new ServerRig(here);
    CompletableFuture<Outcome> call = client.call(Requester.put(), here);

    Response answer = server.answer(Contexts.arrived(client.last().outer, Contexts.CLIENT, true));

    assertThat(answer.options().has(OptionNumber.OSCORE)).isFalse();
    assertThat(server.executed).isEmpty();
    assertThat(call).isNotDone();
  }

  private static Code asked(ClientRig client, SecurityContext context, ServerRig server) {
    CompletableFuture<Outcome> call = client.call(Requester.get(), context);
    Response answer = server.answer(Contexts.arrived(client.last().outer, Contexts.CLIENT, true));
    assertThat(client.last().receives(answer)).isTrue();
    return ((Outcome.Responded) call.join()).response().code();
  }
}
