package dev.moat.cost.measure;

/** A measurement that came to nothing: which one, at which step, and why. */
public final class MeasurementFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String scenario;
  private final String step;

  /**
   * What failed.
   *
   * @param scenario what was measured, as in tables
   * @param step what was being done
   * @param why what stood in the way, without a full stop
   */
  public MeasurementFailure(String scenario, String step, String why) {
    super(scenario + ", " + step + ": " + why);
    this.scenario = scenario;
    this.step = step;
  }

  /** As above, keeping what caused it. */
  public MeasurementFailure(String scenario, String step, Throwable cause) {
    super(scenario + ", " + step + ": " + words(cause), cause);
    this.scenario = scenario;
    this.step = step;
  }

  private static String words(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getName() : message;
  }

  /** What was measured. */
  public String scenario() {
    return scenario;
  }

  /** What was being done. */
  public String step() {
    return step;
  }
}
