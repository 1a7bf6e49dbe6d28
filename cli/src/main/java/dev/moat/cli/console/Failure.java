package dev.moat.cli.console;

/**
 * A command cannot do what was asked. Shown as one message and one piece of advice, without a stack
 * trace; the command exits with {@link Exit#FAILED}, or with {@link Exit#USAGE} when what was asked
 * is itself wrong.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String advice;
  private final int status;

  /**
   * What went wrong, and what to do about it.
   *
   * @param message what went wrong, without a full stop
   * @param advice what to do next, one or more sentences
   */
  public Failure(String message, String advice) {
    super(message);
    this.advice = advice;
    this.status = Exit.FAILED;
  }

  /** As above, keeping what caused it for {@code -v}. */
  public Failure(String message, String advice, Throwable cause) {
    super(message, cause);
    this.advice = advice;
    this.status = Exit.FAILED;
  }

  private Failure(String message, String advice, int status) {
    super(message);
    this.advice = advice;
    this.status = status;
  }

  /** What is wrong with what was asked or with a file that was named: the same as wrong usage. */
  public static Failure usage(String message, String advice) {
    return new Failure(message, advice, Exit.USAGE);
  }

  /** The exit status of the command. */
  public int status() {
    return status;
  }

  /** What to do next. */
  public String advice() {
    return advice;
  }
}
