package dev.moat.edhoc.schedule;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;

/**
 * TH_4, the transcript up to message_3 and the Initiator's credential (RFC 9528, Section 5.4.2).
 * Equal on both sides if and only if both saw the same session.
 *
 * @param value the hash
 */
public record Th4(Bytes value) {
  /**
   * H(TH_3, PLAINTEXT_3, CRED_I).
   *
   * @param plaintext3 the CBOR sequence that message_3 encrypts; with a pre-shared key ID_CRED_PSK
   *     and PLAINTEXT_3B
   * @param credentials encoded CRED_I; with a pre-shared key CRED_I and CRED_R
   *     (draft-ietf-lake-edhoc-psk, Section 4)
   */
  public static Th4 of(Kdf kdf, Th3 th3, Bytes plaintext3, Bytes credentials) {
    CborWriter input = new CborWriter().bytes(th3.value()).encoded(plaintext3).encoded(credentials);
    return new Th4(kdf.hash(input.toBytes()));
  }
}
