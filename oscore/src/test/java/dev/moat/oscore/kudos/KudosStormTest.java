package dev.moat.oscore.kudos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.rekey.NonceLedger;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Key updates over a network that keeps, repeats and mixes all it has seen. */
final class KudosStormTest {
  @Test
  void noKeySealsTwoMessagesUnderOneNonceWhateverIsLostRepeatedOrForgotten() {
    AtomicInteger updates = new AtomicInteger();
    Seeded.check(
        60,
        arbitrary -> {
          NonceLedger nonces = new NonceLedger();
          var unused = updates.addAndGet(new Storm(arbitrary, nonces).rage(80));
        });
    assertThat(updates).as("updates that succeeded").hasPositiveValue();
  }

  /** Restarts forget what a run has in memory and keep CTX_OLD, as a record on disk does. */
  private static final class Storm {
    private final Arbitrary arbitrary;
    private final Ends ends;
    private final List<ProtectedRequest> requests = new ArrayList<>();
    private final List<Request> wire = new ArrayList<>();
    private final List<Response> responses = new ArrayList<>();
    private final List<KudosClientOffered> offers = new ArrayList<>();
    private Optional<KudosServerPending> pending = Optional.empty();
    private int updates;

    Storm(Arbitrary arbitrary, NonceLedger nonces) {
      this.arbitrary = arbitrary;
      this.ends = new Ends(nonces, arbitrary.random());
    }

    int rage(int steps) throws RekeyException {
      offer();
      for (int step = 0; step < steps; step++) {
        step(arbitrary.between(0, 9));
      }
      return updates;
    }

    private void step(int kind) throws RekeyException {
      if (kind == 0) {
        pending = Optional.empty();
      } else if (kind == 1) {
        offer();
      } else if (kind == 2) {
        repeat(arbitrary.pick(offers));
      } else if (kind < 7 || responses.isEmpty()) {
        deliver(arbitrary.pick(wire));
      } else {
        answer(arbitrary.pick(responses));
      }
    }

    private void offer() throws RekeyException {
      KudosPolicy policy =
          arbitrary.chance(70) ? KudosPolicy.recording() : KudosPolicy.withoutRecording();
      KudosClientOffered offered = new KudosClientIdle(ends.client(policy)).offer();
      offers.add(offered);
      repeat(offered);
    }

    private void repeat(KudosClientOffered offered) {
      try {
        ProtectedRequest request = offered.request(Ends.kudos());
        requests.add(request);
        wire.add(request.outer());
      } catch (RekeyException | IllegalStateException left) {
        assertThat(left).isNotNull();
      }
    }

    private void deliver(Request outer) {
      try {
        KudosServerPending next =
            pending.isPresent()
                ? pending.get().receive(outer)
                : new KudosServerIdle(ends.server(KudosPolicy.recording())).receive(outer);
        pending = Optional.of(next);
        responses.add(next.respond(Response.of(Code.CHANGED)));
      } catch (RekeyException refused) {
        assertThat(refused.reason()).isNotNull();
      }
    }

    private void answer(Response response) {
      try {
        ContextParameters latest =
            arbitrary
                .pick(offers)
                .receive(arbitrary.pick(requests).binding(), response)
                .next()
                .latest();
        assertThat(latest.masterSalt().isEmpty()).isFalse();
        updates++;
      } catch (RekeyException | IllegalStateException refused) {
        assertThat(refused).isNotNull();
      }
    }
  }
}
