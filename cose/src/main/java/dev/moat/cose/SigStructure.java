package dev.moat.cose;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;

/** The Sig_structure, which is what a Sign1 signs (RFC 9052, Section 4.4). */
public final class SigStructure {
  private SigStructure() {}

  /**
   * The encoded structure.
   *
   * @param protectedMap the encoded map of protected parameters; zero octets when there are none
   * @param externalAad what the application adds; zero octets when nothing
   * @param payload what is signed
   */
  public static Bytes of(Bytes protectedMap, Bytes externalAad, Bytes payload) {
    return new CborWriter()
        .array(4)
        .text("Signature1")
        .bytes(protectedMap)
        .bytes(externalAad)
        .bytes(payload)
        .toBytes();
  }
}
