package dev.moat.cost.records;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * One direction of a TLS connection: gives each record when its last octet is there. At most one
 * record waits. Octets that begin no record, as after a lost segment, are let go.
 */
public final class TlsStream {
  private static final int HEADER_OCTETS = 5;
  private static final int MAX_FRAGMENT_OCTETS = (1 << 14) + 2048;

  private Bytes waiting = Bytes.empty();

  /** A stream of which nothing was seen yet. */
  public TlsStream() {}

  /** True when a segment begins like a record: content type, and version 3.x. */
  public static boolean begins(Bytes segment) {
    return segment.length() >= 3
        && segment.at(0) >= SecureRecord.CHANGE_CIPHER_SPEC
        && segment.at(0) <= SecureRecord.APPLICATION_DATA
        && segment.at(1) == 3
        && segment.at(2) <= 4;
  }

  /** The records that end in this segment. */
  public List<SecureRecord> add(Bytes segment) {
    List<SecureRecord> records = new ArrayList<>();
    waiting = waiting.plus(segment);
    while (waiting.length() >= HEADER_OCTETS) {
      ByteReader reader = new ByteReader(waiting);
      int type = reader.u8();
      reader.u16(); // version
      int length = reader.u16();
      if (!begins(waiting) || length > MAX_FRAGMENT_OCTETS) {
        waiting = Bytes.empty();
        break;
      }
      if (length > reader.remaining()) {
        break;
      }
      records.add(new SecureRecord(type, 0, reader.bytes(length)));
      waiting = waiting.slice(reader.position(), waiting.length());
    }
    return records;
  }
}
