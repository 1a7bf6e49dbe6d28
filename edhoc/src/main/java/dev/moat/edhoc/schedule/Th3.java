package dev.moat.edhoc.schedule;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;

/**
 * TH_3, the transcript up to message_2 and the Responder's credential (RFC 9528, Section 5.4.2).
 *
 * @param value the hash
 */
public record Th3(Bytes value) {
  /**
   * H(TH_2, PLAINTEXT_2, CRED_R).
   *
   * @param plaintext2 the CBOR sequence that message_2 encrypts
   * @param credential encoded CRED_R; zero octets with a pre-shared key, where the transcript has
   *     no credential yet (draft-ietf-lake-edhoc-psk, Section 4)
   */
  public static Th3 of(Kdf kdf, Th2 th2, Bytes plaintext2, Bytes credential) {
    CborWriter input = new CborWriter().bytes(th2.value()).encoded(plaintext2).encoded(credential);
    return new Th3(kdf.hash(input.toBytes()));
  }
}
