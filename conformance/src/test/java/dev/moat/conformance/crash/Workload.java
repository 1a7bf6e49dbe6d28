package dev.moat.conformance.crash;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.protect.ProtectedRequest;
import java.util.List;
import java.util.Optional;

/**
 * What two sides do to each other, by chance, between two crashes: requests in both directions,
 * some lost, some delivered late or twice, separate responses, notifications, and old requests from
 * an attacker who keeps them all.
 */
final class Workload {
  private final int life;
  private final List<Side> sides;
  private final Observer observer;
  private final List<Captured> captured;
  private final RandomSource random;
  private int count;

  /**
   * @param captured what the attacker has; grows
   */
  Workload(
      int life, List<Side> sides, Observer observer, List<Captured> captured, RandomSource random) {
    this.life = life;
    this.sides = sides;
    this.observer = observer;
    this.captured = captured;
    this.random = random;
  }

  /** The life that a request was made in. */
  static int lifeOf(long request) {
    return (int) (request >>> 32);
  }

  /** Does one thing. */
  void step() {
    int side = random.below(2);
    try {
      switch (random.below(8)) {
        case 0, 1, 2, 3 -> exchange(side, Optional.empty());
        case 4 -> {
          var unused = send(side, Optional.empty()); // and it gets lost
        }
        case 5, 6 -> replayOne();
        default -> sides.get(side).receiver().notifyObserver();
      }
    } catch (OscoreException refusal) {
      // Nothing was sent or accepted; what was, the observer has seen.
      observer.refused();
    }
  }

  private void exchange(int client, Optional<Bytes> answer) throws OscoreException {
    ProtectedRequest sent = send(client, answer);
    Optional<Response> response = sides.get(1 - client).receiver().receive(sent.outer());
    if (response.isPresent()) {
      Optional<Bytes> echo = sides.get(client).conclude(sent.binding(), response.get());
      if (echo.isPresent() && answer.isEmpty()) {
        exchange(client, echo);
      }
    }
  }

  private ProtectedRequest send(int client, Optional<Bytes> answer) throws OscoreException {
    count++;
    long number = ((long) life << 32) | count;
    ProtectedRequest request = sides.get(client).request(number, random.below(5) == 0, answer);
    observer.sending(1 - client, request.outer());
    captured.add(new Captured(1 - client, request.outer()));
    return request;
  }

  /** One of the requests of this life or an earlier one, more often a late one. */
  private void replayOne() throws OscoreException {
    if (!captured.isEmpty()) {
      int most = random.below(2) == 0 ? Math.min(captured.size(), 40) : captured.size();
      replay(captured.get(captured.size() - 1 - random.below(most)));
    }
  }

  /** Delivers {@code old} once more. */
  void replay(Captured old) throws OscoreException {
    var unused = sides.get(old.receiver()).receiver().receive(old.outer());
  }
}
