package dev.moat.conformance.interop;

import java.io.Closeable;
import java.util.List;

/** A client of one stack, bound to one server. Every call ends within {@link Bounds#CALL}. */
public interface InteropClient extends Closeable {
  /** Makes a call and waits for what the stack gives its application. */
  Answer call(Call call) throws Exception;

  /** Observes {@code path} (RFC 7641). */
  Watch observe(String path) throws Exception;

  @Override
  void close();

  /** An observation. */
  interface Watch {
    /** Waits for the next representation, the first one included. */
    String next() throws Exception;

    /** What arrived and {@link #next} has not given yet. */
    List<String> rest();

    /** Ends the observation in the way the stack's application ends it. */
    void cancel() throws Exception;
  }
}
