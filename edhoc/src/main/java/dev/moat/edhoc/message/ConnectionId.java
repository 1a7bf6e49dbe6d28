package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;

/**
 * C_I or C_R: a byte string that its owner finds a session by (RFC 9528, Section 3.3). Immutable.
 *
 * @param bytes the identifier itself, 0 to {@link #MAX_OCTETS} octets, as it becomes an OSCORE
 *     Recipient ID
 */
public record ConnectionId(Bytes bytes) {
  /** The longest identifier that is read or written, in octets. */
  public static final int MAX_OCTETS = 64;

  /**
   * Checks the length, and keeps no larger array alive.
   *
   * @throws IllegalArgumentException when it is too long
   */
  public ConnectionId {
    if (bytes.length() > MAX_OCTETS) {
      throw new IllegalArgumentException("a connection identifier of " + bytes.length());
    }
    bytes = bytes.compact();
  }

  /** The identifier of these octets. */
  public static ConnectionId of(int... octets) {
    return new ConnectionId(Bytes.of(octets));
  }

  /**
   * Reads an item that is nothing but an identifier.
   *
   * @throws EdhocException with BAD_CONNECTION_ID or a reason of CBOR
   */
  public static ConnectionId decode(Bytes item) throws EdhocException {
    Prefixed read = prefixOf(item);
    if (!read.rest().isEmpty()) {
      throw new EdhocException(Reason.TRAILING_ITEMS);
    }
    return read.id();
  }

  /**
   * Reads the identifier that stands before a message (Section 3.4.1).
   *
   * @throws EdhocException with BAD_CONNECTION_ID or a reason of CBOR
   */
  public static Prefixed prefixOf(Bytes payload) throws EdhocException {
    try {
      CborReader reader = new CborReader(payload);
      ConnectionId id = read(reader);
      return new Prefixed(id, payload.slice(reader.position(), payload.length()));
    } catch (CborException refused) {
      throw EdhocException.reading(refused);
    }
  }

  /** The item on the wire: the octet itself where it is an integer, else a byte string (3.3.2). */
  public Bytes encoded() {
    CborWriter writer = new CborWriter();
    write(writer);
    return writer.toBytes();
  }

  static ConnectionId read(CborReader reader) throws CborException, EdhocException {
    Bytes bytes = IdentifierForm.read(reader, Reason.BAD_CONNECTION_ID);
    if (bytes.length() > MAX_OCTETS) {
      throw new EdhocException(Reason.TOO_LONG);
    }
    return new ConnectionId(bytes);
  }

  void write(CborWriter writer) {
    IdentifierForm.write(writer, bytes);
  }

  /** Hexadecimal digits. */
  @Override
  public String toString() {
    return bytes.toHex();
  }

  /**
   * An identifier and what stands behind it.
   *
   * @param id the identifier
   * @param rest the octets behind its item
   */
  public record Prefixed(ConnectionId id, Bytes rest) {}
}
