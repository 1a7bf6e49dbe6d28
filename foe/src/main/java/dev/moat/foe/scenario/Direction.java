package dev.moat.foe.scenario;

/** Which way a datagram goes through Foe. */
public enum Direction {
  /** From the client to the server. */
  TO_SERVER,
  /** From the server to the client. */
  TO_CLIENT
}
