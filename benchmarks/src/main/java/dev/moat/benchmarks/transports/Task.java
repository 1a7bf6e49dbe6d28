package dev.moat.benchmarks.transports;

/** What is measured. */
enum Task {
  /** Confirmable GETs over DTLS with a pre-shared key, 16 outstanding. */
  COAPS_16(16, true),
  /** The same, 256 outstanding. */
  COAPS_256(256, true),
  /** Full DTLS handshakes with a pre-shared key and a cookie, each with one GET; 8 at a time. */
  HANDSHAKES(8, true),
  /** GETs over TCP, 16 outstanding on 8 connections. */
  TCP_16(16, false),
  /** The same, 256 outstanding. */
  TCP_256(256, false);

  private final int outstanding;
  private final boolean secured;

  Task(int outstanding, boolean secured) {
    this.outstanding = outstanding;
    this.secured = secured;
  }

  int outstanding() {
    return outstanding;
  }

  /** True over DTLS. */
  boolean secured() {
    return secured;
  }
}
