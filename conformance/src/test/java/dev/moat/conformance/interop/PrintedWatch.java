package dev.moat.conformance.interop;

import java.util.List;

/** An observation by a program that prints each representation on a line of its own. */
public final class PrintedWatch implements InteropClient.Watch {
  private final BoundedProcess process;
  private final QueuedWatch.Cancel cancel;
  private int read;

  public PrintedWatch(BoundedProcess process, QueuedWatch.Cancel cancel) {
    this.process = process;
    this.cancel = cancel;
  }

  @Override
  public String next() throws Exception {
    int end = process.awaitOutput("\n", read);
    String line = process.output().substring(read, end - 1);
    read = end;
    return line;
  }

  @Override
  public List<String> rest() {
    return process.output().substring(read).lines().toList();
  }

  @Override
  public void cancel() throws Exception {
    cancel.run();
  }
}
