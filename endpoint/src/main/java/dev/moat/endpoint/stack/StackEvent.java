package dev.moat.endpoint.stack;

import dev.moat.coap.service.Event;

/** What went wrong where no layer should let anything go wrong. */
public sealed interface StackEvent extends Event {
  /**
   * A stage or a listener threw: a defect of this program or of the application.
   *
   * @param where what the stack was doing
   * @param fault the exception's class and the place it came from; no message, it might quote
   *     content
   */
  record StageFailed(String where, String fault) implements StackEvent {
    static StageFailed of(String where, Throwable thrown) {
      StackTraceElement[] trace = thrown.getStackTrace();
      String place = trace.length == 0 ? "" : " at " + trace[0];
      return new StageFailed(where, thrown.getClass().getName() + place);
    }

    @Override
    public String describe() {
      return where + " failed: " + fault;
    }
  }
}
