package dev.moat.radio.sixtisch.sim;

/** Hears how far a simulation is. */
@FunctionalInterface
public interface FormationProgress {
  /** Nobody listens. */
  FormationProgress NONE = (joined, micros) -> {};

  /**
   * Called after every node that joins and every 10,000 slotframes, on the thread of the
   * simulation.
   *
   * @param joined how many nodes have joined
   * @param micros simulated time, in microseconds
   */
  void progress(int joined, long micros);
}
