package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;

/**
 * An error message (RFC 9528, Section 6). Anyone can forge one: it proves nothing. Immutable.
 *
 * <p>Code 0 means success and is never sent; whoever receives it gets {@link Other}.
 */
public sealed interface EdhocError {
  /** ERR_CODE. */
  int code();

  /** The message. */
  Bytes encoded();

  /**
   * The error message for a failed check.
   *
   * @param supported SUITES_R, for reasons with code 2
   */
  static EdhocError answerTo(Reason reason, SuitesField supported) {
    return switch (reason.errorCode()) {
      case 2 -> new WrongSuite(supported);
      case 3 -> new UnknownCredential();
      default -> new Unspecified(reason.peerText());
    };
  }

  /**
   * True when octets that should be message_2, message_3 or message_4 begin like an error message:
   * with an integer, where those have a byte string.
   */
  static boolean isError(Bytes message) {
    return !message.isEmpty() && message.at(0) < 0x40;
  }

  /**
   * Reads an error message.
   *
   * @throws EdhocException with BAD_ERROR, BAD_SUITES or a reason of CBOR
   */
  static EdhocError decode(Bytes message) throws EdhocException {
    try {
      CborReader reader = new CborReader(message);
      long code = reader.integer();
      if (code != (int) code) {
        throw new EdhocException(Reason.BAD_ERROR);
      }
      EdhocError error = read((int) code, reader);
      reader.end();
      return error;
    } catch (CborException refused) {
      throw EdhocException.reading(refused);
    }
  }

  private static EdhocError read(int code, CborReader reader) throws CborException, EdhocException {
    return switch (code) {
      case Unspecified.CODE -> new Unspecified(reader.text());
      case WrongSuite.CODE -> new WrongSuite(SuitesField.read(reader));
      case UnknownCredential.CODE -> unknownCredential(reader);
      default -> new Other(code, reader.item());
    };
  }

  private static EdhocError unknownCredential(CborReader reader)
      throws CborException, EdhocException {
    if (reader.kind() != CborKind.BOOL || !reader.bool()) {
      throw new EdhocException(Reason.BAD_ERROR);
    }
    return new UnknownCredential();
  }

  /**
   * Code 1: unspecified (Section 6.2).
   *
   * @param text a diagnostic text, as the peer wrote it
   */
  record Unspecified(String text) implements EdhocError {
    private static final int CODE = 1;

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public Bytes encoded() {
      return new CborWriter().integer(CODE).text(text).toBytes();
    }
  }

  /**
   * Code 2: wrong selected cipher suite (Section 6.3).
   *
   * @param suites SUITES_R, whose order means nothing
   */
  record WrongSuite(SuitesField suites) implements EdhocError {
    private static final int CODE = 2;

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public Bytes encoded() {
      CborWriter writer = new CborWriter().integer(CODE);
      suites.write(writer);
      return writer.toBytes();
    }
  }

  /** Code 3: unknown credential referenced (Section 6.4). */
  record UnknownCredential() implements EdhocError {
    private static final int CODE = 3;

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public Bytes encoded() {
      return new CborWriter().integer(CODE).bool(true).toBytes();
    }
  }

  /**
   * A code that is not registered, or 0, which nobody may send.
   *
   * @param code ERR_CODE
   * @param info ERR_INFO, one encoded item
   */
  record Other(int code, Bytes info) implements EdhocError {
    @Override
    public Bytes encoded() {
      return new CborWriter().integer(code).encoded(info).toBytes();
    }
  }
}
