package dev.moat.crypto;

import dev.moat.bytes.Bytes;

/** A peer's public key for key agreement, checked. May be shared among threads. */
public interface DhPublicKey {
  /** The curve. */
  DhCurve curve();

  /** The coordinate, as it came over the wire. */
  Bytes coordinate();
}
