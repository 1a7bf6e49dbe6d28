package dev.moat.foe.scenario;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

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

  /** The server acts more often on a request than it was made. */
  record RepeatedDeed() implements Harm {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.repeatedDeed().get();
    }
  }

  /** An end takes keys for good that Foe has, too. */
  record SharedKeys() implements Harm {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.sharedKeys().get();
    }
  }

  /** A client relies on keys that the server does not have. */
  record UnequalKeys() implements Harm {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.unequalKeys().get();
    }
  }

  /** An end completes a handshake with {@code suite}, where both support a better one. */
  record Downgrade(int suite) implements Harm {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.downgrade().apply(this);
    }
  }

  /** The server keeps more than {@code limit} handshakes open. */
  record Overload(int limit) implements Harm {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.overload().apply(this);
    }
  }

  /** A request of the client is not served, though the ladder leaves it a way. */
  record Unserved() implements Harm {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.unserved().get();
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
      Function<Amplified, T> amplified,
      Supplier<T> repeatedDeed,
      Supplier<T> sharedKeys,
      Supplier<T> unequalKeys,
      Function<Downgrade, T> downgrade,
      Function<Overload, T> overload,
      Supplier<T> unserved) {}
}
