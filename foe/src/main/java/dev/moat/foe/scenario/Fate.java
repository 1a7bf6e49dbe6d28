package dev.moat.foe.scenario;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/** What Foe does with a datagram. None but {@link Swap} alters an octet of it. */
public sealed interface Fate {
  /** One value for each kind. */
  <T> T fold(Cases<T> cases);

  /** Handed on at once. */
  record Pass() implements Fate {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.pass().get();
    }
  }

  /** Never delivered; drawn {@code X}. */
  record Drop() implements Fate {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.drop().get();
    }
  }

  /** Kept under a name until a line releases it; drawn {@code @name}. */
  record Hold(String name) implements Fate {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.hold().apply(this);
    }
  }

  /** Delivered several times; drawn {@code (x2)}. */
  record Duplicate(int copies) implements Fate {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.duplicate().apply(this);
    }
  }

  /** Delivered after a while; drawn {@code (20 ms)}. */
  record Delay(Duration time) implements Fate {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.delay().apply(this);
    }
  }

  /** Delivered with the victim's address as its source; drawn {@code (from victim)}. */
  record Spoof() implements Fate {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.spoof().get();
    }
  }

  /** Handed on at once, and a copy kept under a name; drawn {@code (copy name)}. */
  record Copy(String name) implements Fate {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.copy().apply(this);
    }
  }

  /**
   * Replaced by the same message of a handshake of Foe's own, with keys of its own; drawn {@code
   * (own)}. With a suite it stays the sender's, but offers that suite only; drawn {@code (suites
   * 0)}.
   *
   * @param suite SUITES_I as Foe wants it
   */
  record Swap(OptionalInt suite) implements Fate {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.swap().apply(this);
    }
  }

  /**
   * One function per kind of fate.
   *
   * @param <T> what they give
   */
  record Cases<T>(
      Supplier<T> pass,
      Supplier<T> drop,
      Function<Hold, T> hold,
      Function<Duplicate, T> duplicate,
      Function<Delay, T> delay,
      Supplier<T> spoof,
      Function<Copy, T> copy,
      Function<Swap, T> swap) {}
}
