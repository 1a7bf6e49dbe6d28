package dev.moat.foe.scenario;

import java.time.Duration;
import java.util.function.Function;

/** One line of a ladder, in the order in which things happen. */
public sealed interface Step {
  /** The line of the file, from 1. */
  int line();

  /** The line's words, as evidence shows them. */
  String text();

  /** One value for each kind. */
  <T> T fold(Cases<T> cases);

  /** Foe waits for a message that fits and gives it its fate; what does not fit passes. */
  record Meet(int line, String text, Direction direction, Fate fate, Pattern pattern)
      implements Step {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.meet().apply(this);
    }
  }

  /** From now on every copy of the message of the line above has this fate. */
  record Copies(int line, String text, Direction direction, Fate fate) implements Step {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.copies().apply(this);
    }
  }

  /**
   * From now on every datagram in this direction has this fate, unless another line says otherwise.
   */
  record Every(int line, String text, Direction direction, Fate fate) implements Step {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.every().apply(this);
    }
  }

  /** Foe delivers what it held. */
  record Release(int line, String text, Direction direction, String name) implements Step {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.release().apply(this);
    }
  }

  /** Foe sends what it made with its own hand. */
  record Forge(int line, String text, Direction direction, Craft craft) implements Step {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.forge().apply(this);
    }
  }

  /** A client makes a request; the ladder goes on at once. */
  record Call(int line, String text, Caller caller, Ask ask) implements Step {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.call().apply(this);
    }
  }

  /** Time passes. */
  record Pause(int line, String text, Duration time) implements Step {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.pause().apply(this);
    }
  }

  /** The client does something that is no message, or waits for its calls to end. */
  record Act(int line, String text, Kind kind, String subject) implements Step {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.act().apply(this);
    }

    /** What the client does. */
    public enum Kind {
      /** Waits until every call it made has ended. */
      GIVE_UP,
      /** Reads back what its stack called unknown; a client that knows no doubt does nothing. */
      MAKE_SURE,
      /** Looks at the thing itself, without CoAP. */
      SEE
    }
  }

  /** Who makes a request. */
  enum Caller {
    /** The client whose traffic Foe sees. */
    CLIENT,
    /** Another authorised client, whose traffic Foe does not see. */
    OTHER
  }

  /**
   * One function per kind of step.
   *
   * @param <T> what they give
   */
  record Cases<T>(
      Function<Meet, T> meet,
      Function<Copies, T> copies,
      Function<Every, T> every,
      Function<Release, T> release,
      Function<Forge, T> forge,
      Function<Call, T> call,
      Function<Pause, T> pause,
      Function<Act, T> act) {}
}
