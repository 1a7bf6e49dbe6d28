package dev.moat.oscore.rederive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.Messages;
import dev.moat.oscore.rekey.NonceLedger;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** RFC 8613, Appendix B.2, over a network that keeps, repeats and mixes all it has seen. */
final class RederivationStormTest {
  @Test
  void survivesLossRepetitionAndRestartsWithoutRepeatingANonce() {
    AtomicInteger served = new AtomicInteger();
    Seeded.check(
        60,
        arbitrary -> {
          NonceLedger nonces = new NonceLedger();
          var unused = served.addAndGet(new Storm(arbitrary, nonces).rage(120));
        });
    assertThat(served).as("requests #2 that were served").hasPositiveValue();
  }

  /** Random steps of both ends over a network that keeps, repeats and mixes all it has seen. */
  private static final class Storm {
    private final Arbitrary arbitrary;
    private final NonceLedger ledger;
    private final RederivationInputs inputs;
    private final List<AwaitingChallenge> firsts = new ArrayList<>();
    private final List<AwaitingConfirmation> seconds = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<Response> responses = new ArrayList<>();
    private Server server;
    private int served;

    Storm(Arbitrary arbitrary, NonceLedger ledger) {
      this.arbitrary = arbitrary;
      this.ledger = ledger;
      this.inputs =
          new RederivationInputs(
              Messages.client(), ledger, arbitrary.random(), FreshContexts.inMemory(ledger));
      this.server = new Server(ledger, arbitrary.random());
    }

    int rage(int steps) throws RekeyException {
      AwaitingChallenge begun = inputs.begin(Messages.get());
      firsts.add(begun);
      requests.add(begun.outer().orElseThrow());
      for (int step = 0; step < steps; step++) {
        step(arbitrary.between(0, 9));
      }
      return served;
    }

    private void step(int kind) throws RekeyException {
      if (kind == 0) {
        server = new Server(ledger, arbitrary.random());
      } else if (kind == 1) {
        AwaitingChallenge begun = inputs.begin(Messages.get());
        firsts.add(begun);
        requests.add(begun.outer().orElseThrow());
      } else if (kind < 6 || responses.isEmpty()) {
        int before = server.served;
        Request sent = arbitrary.pick(requests);
        Response answer = server.receive(sent);
        assertThat(server.served - before).isLessThanOrEqualTo(1);
        served += server.served - before;
        if (Server.isProtected(answer)) {
          responses.add(answer);
        }
      } else {
        deliver(arbitrary.pick(responses));
      }
    }

    private void deliver(Response response) {
      try {
        AwaitingConfirmation second = arbitrary.pick(firsts).receive(response, Messages.get());
        seconds.add(second);
        requests.add(second.outer());
      } catch (RekeyException | IllegalStateException refused) {
        deliverSecond(response);
      }
    }

    private void deliverSecond(Response response) {
      if (seconds.isEmpty()) {
        return;
      }
      try {
        var unused = arbitrary.pick(seconds).receive(response);
      } catch (RekeyException | IllegalStateException refused) {
        assertThat(refused).isNotNull();
      }
    }
  }
}
