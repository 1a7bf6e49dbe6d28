package dev.moat.conformance.interop;

import java.io.Closeable;

/** A server of one stack on a loopback port of its own. */
public interface InteropServer extends Closeable {
  /** The UDP port on 127.0.0.1. */
  int port();

  @Override
  void close();
}
