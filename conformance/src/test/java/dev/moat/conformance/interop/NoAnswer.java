package dev.moat.conformance.interop;

/** A stack gave its application no response. */
public final class NoAnswer extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NoAnswer(String why) {
    super(why);
  }
}
