package dev.moat.cli.console;

/**
 * A command cannot do what was asked. Shown as one message and one piece of advice, without a stack
 * trace; the command exits with {@link Exit#FAILED}.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String advice;

  /**
   * What went wrong, and what to do about it.
   *
   * @param message what went wrong, without a full stop
   * @param advice what to do next, one or more sentences
   */
  public Failure(String message, String advice) {
    super(message);
    this.advice = advice;
  }

  /** As above, keeping what caused it for {@code -v}. */
  public Failure(String message, String advice, Throwable cause) {
    super(message, cause);
    this.advice = advice;
  }

  /** What to do next. */
  public String advice() {
    return advice;
  }
}
