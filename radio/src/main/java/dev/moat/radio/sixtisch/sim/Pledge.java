package dev.moat.radio.sixtisch.sim;

import java.util.Arrays;

/** How far a join is, at both ends. Mutable; owned by one simulation. */
final class Pledge {
  int attempt;
  int stage;
  int generation;
  double factor;

  /** In which slotframe the request is sent again; 0 when there is none. */
  long timer;

  /** By generation: how many frames of the request the root has, and of the response the pledge. */
  private final int[] requestFrames;

  private final int[] responseFrames;

  Pledge(JoinTimers timers) {
    requestFrames = new int[timers.maxRetransmit() + 1];
    responseFrames = new int[timers.maxRetransmit() + 1];
  }

  void begins(int atStage) {
    stage = atStage;
    generation = 0;
    Arrays.fill(requestFrames, 0);
    Arrays.fill(responseFrames, 0);
  }

  /** Whether the frame belongs to what the pledge is doing. */
  boolean waitsFor(Frame frame) {
    return timer != 0 && frame.attempt() == attempt && frame.stage() == stage;
  }

  /**
   * A frame has come to the end of its way. Whether its message is complete: all frames of one
   * transmission, as fragments of different datagrams do not mix.
   */
  boolean completes(Frame frame, Stage stage) {
    return frame.up()
        ? ++requestFrames[frame.generation()] == stage.framesUp()
        : ++responseFrames[frame.generation()] == stage.framesDown();
  }
}
