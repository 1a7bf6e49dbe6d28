package dev.moat.cli.decode;

/** Ends a dissection. */
final class Broken extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Fault fault;

  Broken(int offset, String rule, String reference) {
    super(rule, null, false, false);
    this.fault = new Fault(offset, rule, reference);
  }

  /** What is wrong. */
  Fault fault() {
    return fault;
  }
}
