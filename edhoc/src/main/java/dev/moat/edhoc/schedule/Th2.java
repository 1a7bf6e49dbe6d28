package dev.moat.edhoc.schedule;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;

/**
 * TH_2, the transcript up to G_Y (RFC 9528, Section 5.3.2).
 *
 * @param value the hash
 */
public record Th2(Bytes value) {
  /** H(G_Y, H(message_1)). */
  public static Th2 of(Kdf kdf, Bytes gY, Bytes message1) {
    Bytes input = new CborWriter().bytes(gY).bytes(kdf.hash(message1)).toBytes();
    return new Th2(kdf.hash(input));
  }
}
