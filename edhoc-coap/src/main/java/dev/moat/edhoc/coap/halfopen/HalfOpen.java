package dev.moat.edhoc.coap.halfopen;

/**
 * What a server keeps between two messages of a handshake. Left alone by the table but for its size
 * and its end.
 */
public interface HalfOpen {
  /** The octets of the messages that are kept. */
  int lengthOctets();

  /** True when the handshake is over, and only repeats of its last answer are left to give. */
  boolean isConcluded();

  /** Erases the secrets; the handshake cannot go on. */
  void close();
}
