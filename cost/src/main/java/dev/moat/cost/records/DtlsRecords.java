package dev.moat.cost.records;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Takes a datagram apart into records (RFC 6347, Section 4.1; RFC 9147, Section 4; RFC 9146). */
public final class DtlsRecords {
  private static final int HEADER_OCTETS = 13;
  private static final int CONNECTION_ID_BIT = 0x10;
  private static final int LONG_SEQUENCE_BIT = 0x08;
  private static final int LENGTH_BIT = 0x04;

  private DtlsRecords() {}

  /** True when a datagram begins like a record (RFC 9443): DTLS 1.0 to 1.3. */
  public static boolean begins(Bytes datagram) {
    int first = datagram.at(0);
    boolean unified = first >> 5 == 1;
    return unified || isPlainHeader(datagram);
  }

  private static boolean isPlainHeader(Bytes octets) {
    int type = octets.at(0);
    return type >= SecureRecord.CHANGE_CIPHER_SPEC
        && type <= SecureRecord.ACK
        && octets.length() >= HEADER_OCTETS
        && octets.at(1) == 0xfe;
  }

  /** The records of a datagram; what is behind one that does not end properly belongs to it. */
  public static List<SecureRecord> of(Bytes datagram) {
    List<SecureRecord> records = new ArrayList<>();
    Bytes rest = datagram;
    while (!rest.isEmpty()) {
      int end = add(records, rest);
      rest = rest.slice(end, rest.length());
    }
    return records;
  }

  /** The length of the record that {@code rest} begins with. */
  private static int add(List<SecureRecord> records, Bytes rest) {
    if (rest.at(0) >> 5 == 1) {
      records.add(new SecureRecord(SecureRecord.UNIFIED, rest.at(0) & 3, rest));
      return unifiedLength(rest);
    }
    if (!isPlainHeader(rest)) {
      records.add(new SecureRecord(SecureRecord.APPLICATION_DATA, 1, rest));
      return rest.length();
    }
    ByteReader reader = new ByteReader(rest);
    int type = reader.u8();
    reader.u16(); // version
    int epoch = reader.u16();
    reader.uint(6); // sequence number
    int length = reader.u16();
    // How long a connection identifier is does not show (RFC 9146, Section 4).
    boolean whole = type == SecureRecord.WITH_CONNECTION_ID || length > reader.remaining();
    Bytes fragment = whole ? reader.rest() : reader.bytes(length);
    records.add(new SecureRecord(type, epoch, fragment));
    return reader.position();
  }

  /** All that is left, unless the header has a length and no connection identifier. */
  private static int unifiedLength(Bytes rest) {
    int flags = rest.at(0);
    int header = 1 + ((flags & LONG_SEQUENCE_BIT) != 0 ? 2 : 1);
    boolean told = (flags & LENGTH_BIT) != 0 && (flags & CONNECTION_ID_BIT) == 0;
    if (!told || rest.length() < header + 2) {
      return rest.length();
    }
    int length = rest.at(header) << 8 | rest.at(header + 1);
    return Math.min(rest.length(), header + 2 + length);
  }
}
