package dev.moat.edhoc.coap.combined;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import java.util.Optional;

/**
 * COMB_PAYLOAD: message_3, a CBOR byte string, and the OSCORE ciphertext right behind it (RFC 9668,
 * Section 3.2.1, step 3).
 *
 * @param message3 EDHOC_MSG_3, one encoded byte string
 * @param ciphertext OSCORE_PAYLOAD
 */
public record CombinedPayload(Bytes message3, Bytes ciphertext) {
  /**
   * Takes a payload apart; empty when it does not begin with a byte string, or has no ciphertext
   * behind it.
   */
  public static Optional<CombinedPayload> read(Bytes payload) {
    try {
      CborReader reader = new CborReader(payload);
      var unused = reader.bytes();
      CombinedPayload read =
          new CombinedPayload(
              payload.slice(0, reader.position()),
              payload.slice(reader.position(), payload.length()));
      return read.ciphertext.isEmpty() ? Optional.empty() : Optional.of(read);
    } catch (CborException none) {
      return Optional.empty();
    }
  }

  /** The payload. */
  public Bytes encoded() {
    return message3.plus(ciphertext);
  }
}
