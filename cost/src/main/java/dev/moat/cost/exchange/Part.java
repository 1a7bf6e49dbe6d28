package dev.moat.cost.exchange;

/** What a message is for. */
public enum Part {
  /** It establishes keys. */
  HANDSHAKE,
  /** It ends the handshake and carries the first protected request (RFC 9668). */
  COMBINED,
  /** It carries application data, or asks for the exchange to begin. */
  DATA
}
