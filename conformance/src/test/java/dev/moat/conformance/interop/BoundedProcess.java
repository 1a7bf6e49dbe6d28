package dev.moat.conformance.interop;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program whose output and life are bounded. Its standard error is read along with its standard
 * output.
 */
public final class BoundedProcess implements Closeable {
  private final Process process;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Thread reader;

  public BoundedProcess(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    reader = new Thread(this::read, "output of " + command.get(0));
    reader.setDaemon(true);
    reader.start();
  }

  /** True when {@code command} can be started and ends well. */
  public static boolean succeeds(String... command) {
    try (BoundedProcess process = new BoundedProcess(List.of(command))) {
      return process.awaitExit(Bounds.PROCESS) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void read() {
    byte[] buffer = new byte[8_192];
    try (InputStream in = process.getInputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        keep(buffer, count);
      }
    } catch (IOException e) {
      // The process was ended: nothing more to read.
    }
  }

  private synchronized void keep(byte[] buffer, int count) {
    output.write(buffer, 0, Math.min(count, Bounds.OUTPUT_OCTETS - output.size()));
    notifyAll();
  }

  /** Everything printed so far. */
  public synchronized String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  /**
   * Waits until the output contains {@code text} from {@code from} on; gives the index behind it.
   */
  public synchronized int awaitOutput(String text, int from) throws InterruptedException {
    long deadline = System.nanoTime() + Bounds.CALL.toNanos();
    while (output().indexOf(text, from) < 0) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("\"" + text + "\" was not printed: " + output());
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return output().indexOf(text, from) + text.length();
  }

  /** Writes to the program's standard input. */
  public void input(byte[] octets) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write(octets);
    in.flush();
  }

  /** Ends the program's standard input. */
  public void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** The exit code, when the program ends in time. */
  public int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + limit + ": " + output());
      }
      reader.join(limit.toMillis());
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit(Bounds.PROCESS);
  }
}
