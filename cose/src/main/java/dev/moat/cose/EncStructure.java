package dev.moat.cose;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;

/** The Enc_structure, which is the additional data of an Encrypt0 (RFC 9052, Section 5.3). */
public final class EncStructure {
  private EncStructure() {}

  /**
   * The encoded structure.
   *
   * @param protectedMap the encoded map of protected parameters; zero octets when there are none
   * @param externalAad what the application adds; zero octets when nothing
   */
  public static Bytes of(Bytes protectedMap, Bytes externalAad) {
    return new CborWriter()
        .array(3)
        .text("Encrypt0")
        .bytes(protectedMap)
        .bytes(externalAad)
        .toBytes();
  }
}
