package dev.moat.foe.judge;

import java.util.function.Function;

/** What an attack came to. */
public sealed interface Verdict {
  /** One value for each kind. */
  <T> T fold(
      Function<Succeeded, T> succeeded,
      Function<Withstood, T> withstood,
      Function<Detected, T> detected,
      Function<NotApplicable, T> notApplicable);

  /** The name without the reason: succeeded, withstood, detected or not-applicable. */
  default Kind kind() {
    return fold(
        s -> Kind.SUCCEEDED, w -> Kind.WITHSTOOD, d -> Kind.DETECTED, n -> Kind.NOT_APPLICABLE);
  }

  /** Why, in one sentence. */
  default String reason() {
    return fold(
        Succeeded::harm,
        w -> "by " + w.mechanism().title(),
        Detected::doubt,
        NotApplicable::reason);
  }

  /** Harm was done, and nobody whom it concerns knows. */
  record Succeeded(String harm) implements Verdict {
    @Override
    public <T> T fold(
        Function<Succeeded, T> succeeded,
        Function<Withstood, T> withstood,
        Function<Detected, T> detected,
        Function<NotApplicable, T> notApplicable) {
      return succeeded.apply(this);
    }
  }

  /** The attack was carried out and did no harm. */
  record Withstood(Mechanism mechanism) implements Verdict {
    @Override
    public <T> T fold(
        Function<Succeeded, T> succeeded,
        Function<Withstood, T> withstood,
        Function<Detected, T> detected,
        Function<NotApplicable, T> notApplicable) {
      return withstood.apply(this);
    }
  }

  /** Harm was done or is possible, but the client knows that it does not know. */
  record Detected(String doubt) implements Verdict {
    @Override
    public <T> T fold(
        Function<Succeeded, T> succeeded,
        Function<Withstood, T> withstood,
        Function<Detected, T> detected,
        Function<NotApplicable, T> notApplicable) {
      return detected.apply(this);
    }
  }

  /** The attack could not be carried out, so nothing was learned. */
  record NotApplicable(String reason) implements Verdict {
    @Override
    public <T> T fold(
        Function<Succeeded, T> succeeded,
        Function<Withstood, T> withstood,
        Function<Detected, T> detected,
        Function<NotApplicable, T> notApplicable) {
      return notApplicable.apply(this);
    }
  }

  /** The four kinds. */
  enum Kind {
    /** See {@link Succeeded}. */
    SUCCEEDED("succeeded"),
    /** See {@link Withstood}. */
    WITHSTOOD("withstood"),
    /** See {@link Detected}. */
    DETECTED("detected"),
    /** See {@link NotApplicable}. */
    NOT_APPLICABLE("not-applicable");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** The word in tables, files and JSON. */
    public String title() {
      return title;
    }
  }
}
