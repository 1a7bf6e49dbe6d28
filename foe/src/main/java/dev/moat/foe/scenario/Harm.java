package dev.moat.foe.scenario;

import java.time.Duration;
import java.util.function.Function;

/** What an attack aims at, as a question that only the applications can answer. */
public sealed interface Harm {
  /** One value for each kind. */
  <T> T fold(Cases<T> cases);

  /** The client is sure of something about {@code subject} that is not so. */
  record FalseBelief(String subject) implements Harm {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.falseBelief().apply(this);
    }
  }

  /** The server acts on a request later than {@code limit} after a client last asked for it. */
  record StaleDeed(Duration limit) implements Harm {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.staleDeed().apply(this);
    }
  }

  /** The server acts on a body that no client ever sent whole. */
  record UnaskedDeed() implements Harm {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.unaskedDeed().apply(this);
    }
  }

  /**
   * More than {@code factor} times the octets that Foe sent reach somebody who asked for nothing.
   */
  record Amplified(int factor) implements Harm {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.amplified().apply(this);
    }
  }

  /**
   * One function per kind of harm.
   *
   * @param <T> what they give
   */
  record Cases<T>(
      Function<FalseBelief, T> falseBelief,
      Function<StaleDeed, T> staleDeed,
      Function<UnaskedDeed, T> unaskedDeed,
      Function<Amplified, T> amplified) {}
}
