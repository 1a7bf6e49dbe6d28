package dev.moat.benchmarks;

/** Placeholder until CoapServer exists. */
final class MoatUnderTest implements AutoCloseable {
  MoatUnderTest(int port) {
    throw new UnsupportedOperationException(String.valueOf(port));
  }

  @Override
  public void close() {}
}
