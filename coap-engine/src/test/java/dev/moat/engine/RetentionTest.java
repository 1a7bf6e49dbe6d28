package dev.moat.engine;

import static dev.moat.engine.Driver.ALICE;
import static dev.moat.engine.Driver.BOB;
import static dev.moat.engine.Driver.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
  private static Driver remembering(int entries) {
    EngineLimits limits =
        EngineLimits.defaults().withDedup(entries, 1 << 20).withDedupPerPeer(entries, 1 << 20);
    return new Driver(Driver.OPEN.withLimits(limits));
  }

  private static Response response(double code) {
    int hundredths = (int) Math.round(code * 100);
    return Response.of(Code.of(hundredths / 100, hundredths % 100));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        4.00, 4.01, 4.02, 4.03, 4.04, 4.05, 4.06, 4.08, 4.12, 4.13, 4.15, 4.29, 5.03, 5.05, 5.08
      })
  void forgetsARefusalOfAnUnsafeRequestForANewOne(double code) {
    Driver server = remembering(1);
    server.receive(BOB, put(1, 1));
    server.respond(response(code));
    server.receive(ALICE, put(2, 2));
    assertThat(server.arrived).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2.01, 2.02, 2.04, 2.31, 4.09, 4.22, 4.31, 5.00, 5.01, 5.02, 5.04})
  void neverForgetsAnAnswerThatMayMeanAnEffect(double code) {
    Driver server = remembering(1);
    server.receive(BOB, put(1, 1));
    server.respond(response(code));
    assertThat(server.takeOnly().code()).isEqualTo(response(code).code());
    server.receive(ALICE, put(2, 2));
    assertThat(server.arrived).hasSize(1);
    assertThat(server.takeOnly().code()).isEqualTo(Code.SERVICE_UNAVAILABLE);
  }

  @Test
  void executesUnsafeRequestsWhileForgedSourcesPutToWhatIsNotThere() {
    Driver server = remembering(64);
    for (int i = 0; i < 200; i++) {
      server.receive(Peer.of(Bytes.of(10, 0, i / 250, i % 250), 1), put(i, 1));
      server.respond(Response.of(Code.NOT_FOUND));
    }
    server.sent.clear();
    server.receive(ALICE, put(7, 7));
    server.respond(Response.of(Code.CHANGED));
    assertThat(server.takeOnly().code()).isEqualTo(Code.CHANGED);
  }
}
