package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.suite.CipherSuite;

/**
 * message_1 (RFC 9528, Section 5.2.1). Immutable.
 *
 * @param method METHOD, which may be none that is known here
 * @param suites SUITES_I
 * @param gX the initiator's ephemeral key, which may have the wrong length
 * @param cI the initiator's connection identifier
 * @param ead1 EAD_1
 */
public record Message1(int method, SuitesField suites, Bytes gX, ConnectionId cI, EadItems ead1) {

  /**
   * Reads a message.
   *
   * @throws EdhocException with METHOD_NOT_SUPPORTED beyond 32 bits, BAD_SUITES, BAD_CONNECTION_ID,
   *     BAD_EAD, TOO_LONG or a reason of CBOR
   */
  public static Message1 decode(Bytes message) throws EdhocException {
    try {
      CborReader reader = new CborReader(message);
      long method = reader.integer();
      if (method != (int) method) {
        throw new EdhocException(Reason.METHOD_NOT_SUPPORTED);
      }
      SuitesField suites = SuitesField.read(reader);
      Bytes gX = reader.bytes();
      ConnectionId cI = ConnectionId.read(reader);
      return new Message1((int) method, suites, gX, cI, EadItems.read(reader));
    } catch (CborException refused) {
      throw EdhocException.reading(refused);
    }
  }

  /** The message; for one that was read the very octets that came, which TH_2 covers. */
  public Bytes encoded() {
    CborWriter writer = new CborWriter().integer(method);
    suites.write(writer);
    writer.bytes(gX);
    cI.write(writer);
    ead1.write(writer);
    return writer.toBytes();
  }

  /**
   * G_X, when its length is the one of the suite's curve (Section 3.7).
   *
   * @throws EdhocException with BAD_EPHEMERAL_KEY
   */
  public Bytes gX(CipherSuite suite) throws EdhocException {
    if (gX.length() != suite.curve().octets()) {
      throw new EdhocException(Reason.BAD_EPHEMERAL_KEY);
    }
    return gX;
  }
}
