package dev.moat.cose;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.CoseException.Reason;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.VerificationKey;

/**
 * A COSE_Sign1: headers, a payload and one signature (RFC 9052, Section 4.2). Immutable.
 *
 * @param headers algorithm and key identifier
 * @param payload what is signed
 * @param signature for ECDSA r and s of fixed length (RFC 9053, Section 2.1)
 */
public record Sign1(CoseHeaders headers, Bytes payload, Bytes signature) {
  /** The CBOR tag of a COSE_Sign1 (RFC 9052, Section 2). */
  private static final int TAG = 18;

  /**
   * Signs.
   *
   * @param headers with the algorithm of the key
   * @param externalAad signed with it, not sent; zero octets when nothing
   * @throws CoseException with NO_ALGORITHM, UNKNOWN_ALGORITHM or KEY_NOT_FOR_THIS
   */
  public static Sign1 sign(SigningKey key, CoseHeaders headers, Bytes externalAad, Bytes payload)
      throws CoseException {
    requireAlgorithm(headers, key.algorithm());
    Bytes signature =
        key.sign(SigStructure.of(headers.authenticatedOctets(), externalAad, payload));
    return new Sign1(headers, payload, signature);
  }

  /**
   * Verifies the signature.
   *
   * @param externalAad the same as when it was signed
   * @throws CoseException with NO_ALGORITHM, UNKNOWN_ALGORITHM, KEY_NOT_FOR_THIS or
   *     VERIFICATION_FAILED
   */
  public void verify(VerificationKey key, Bytes externalAad) throws CoseException {
    requireAlgorithm(headers, key.algorithm());
    Bytes signed = SigStructure.of(headers.authenticatedOctets(), externalAad, payload);
    if (!key.verify(signed, signature)) {
      throw new CoseException(Reason.VERIFICATION_FAILED);
    }
  }

  /**
   * Reads a message, tagged or not; nothing is verified yet.
   *
   * @throws CoseException with MALFORMED_CBOR, NOT_SIGN1, DETACHED_PAYLOAD, or a reason of {@link
   *     CoseHeaders#decode}
   */
  public static Sign1 decode(Bytes message) throws CoseException {
    try {
      CborReader reader = new CborReader(message);
      boolean otherTag = reader.kind() == CborKind.TAG && reader.tag() != TAG;
      if (otherTag || reader.array() != 4) {
        throw new CoseException(Reason.NOT_SIGN1);
      }
      Bytes protectedOctets = reader.bytes();
      if (reader.kind() != CborKind.MAP) {
        throw new CoseException(Reason.NOT_SIGN1);
      }
      Bytes unprotectedMap = reader.item();
      if (reader.kind() == CborKind.NULL) {
        throw new CoseException(Reason.DETACHED_PAYLOAD);
      }
      Bytes payload = reader.bytes();
      Bytes signature = reader.bytes();
      reader.end();
      return new Sign1(CoseHeaders.decode(protectedOctets, unprotectedMap), payload, signature);
    } catch (CborException refused) {
      throw CoseException.reading(refused, Reason.NOT_SIGN1);
    }
  }

  /** The message with its tag. */
  public Bytes encode() {
    return write(new CborWriter().tag(TAG));
  }

  /** The message without a tag, for places that say what stands there. */
  public Bytes encodeUntagged() {
    return write(new CborWriter());
  }

  private Bytes write(CborWriter writer) {
    return writer
        .array(4)
        .bytes(headers.protectedOctets())
        .encoded(headers.unprotectedMap())
        .bytes(payload)
        .bytes(signature)
        .toBytes();
  }

  private static void requireAlgorithm(CoseHeaders headers, SignatureAlgorithm algorithm)
      throws CoseException {
    long id = headers.algorithmId();
    if (!CoseAlgorithms.isIdOf(id, algorithm)) {
      throw new CoseException(
          CoseAlgorithms.isSignature(id) ? Reason.KEY_NOT_FOR_THIS : Reason.UNKNOWN_ALGORITHM);
    }
  }
}
