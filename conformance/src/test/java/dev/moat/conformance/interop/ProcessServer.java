package dev.moat.conformance.interop;

import java.io.IOException;

/** A server in a process of its own, which ends with {@link #close()}. */
record ProcessServer(BoundedProcess process, int port) implements InteropServer {
  /** Starts one at a free port and waits until it answers. */
  static ProcessServer start(Launch launch) throws IOException {
    int port = Loopback.freePort();
    BoundedProcess process = launch.at(port);
    try {
      Loopback.awaitServer(port);
    } catch (IOException | AssertionError e) {
      process.close();
      throw new AssertionError("no server: " + process.output(), e);
    }
    return new ProcessServer(process, port);
  }

  @Override
  public void close() {
    process.close();
  }

  /** Launches the program. */
  interface Launch {
    BoundedProcess at(int port) throws IOException;
  }
}
