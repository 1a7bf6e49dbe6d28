package dev.moat.conformance.interop;

/** A stack gave its application no response. */
final class NoAnswer extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoAnswer(String why) {
    super(why);
  }
}
