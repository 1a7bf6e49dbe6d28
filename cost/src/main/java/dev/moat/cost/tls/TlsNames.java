package dev.moat.cost.tls;

import dev.moat.bytes.Bytes;
import dev.moat.cost.records.SecureNames;
import dev.moat.cost.records.SecureRecord;
import java.util.ArrayList;
import java.util.List;

/** Reads what is in clear in TLS 1.3 records (RFC 8446, Section 5.1). */
final class TlsNames {
  private static final int LENGTH = 3;
  private static final int HEADER = 5;
  private static final int MESSAGE_HEADER = 4;
  private static final int SERVER_HELLO = 2;
  private static final int VERSION_OCTETS = 2;
  private static final int RANDOM_OCTETS = 32;
  private static final int SUITE_AND_COMPRESSION = 3;
  private static final int EXTENSION_HEADER = 4;
  private static final int PRE_SHARED_KEY = 41;

  private TlsNames() {}

  /**
   * What stands in whole records.
   *
   * @throws IllegalArgumentException when a length leads beyond the end
   */
  static List<String> names(Bytes octets) {
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < octets.length()) {
      int begin = at + HEADER;
      int end = begin + (int) octets.slice(at + LENGTH, begin).toUint();
      if (end > octets.length()) {
        throw new IllegalArgumentException("a TLS record without an end");
      }
      int type = octets.at(at);
      if (type == SecureRecord.HANDSHAKE) {
        messages(octets.slice(begin, end), names);
      } else {
        names.add(HandshakeNames.record(type));
      }
      at = end;
    }
    return names;
  }

  private static void messages(Bytes content, List<String> names) {
    int at = 0;
    while (at + MESSAGE_HEADER <= content.length()) {
      names.add(SecureNames.handshake(content.at(at)));
      at += MESSAGE_HEADER + (int) content.slice(at + 1, at + MESSAGE_HEADER).toUint();
    }
  }

  /**
   * True when a ServerHello in it takes a pre-shared key (RFC 8446, Section 4.2.11), as it does to
   * resume a session.
   */
  static boolean acceptsSharedKey(Bytes flight) {
    if (flight.at(0) != SecureRecord.HANDSHAKE || flight.at(HEADER) != SERVER_HELLO) {
      return false;
    }
    int sessionId = HEADER + MESSAGE_HEADER + VERSION_OCTETS + RANDOM_OCTETS;
    int extensions = sessionId + 1 + flight.at(sessionId) + SUITE_AND_COMPRESSION;
    int at = extensions + 2;
    int end = at + (int) flight.slice(extensions, at).toUint();
    while (at < end) {
      if (flight.slice(at, at + 2).toUint() == PRE_SHARED_KEY) {
        return true;
      }
      at += EXTENSION_HEADER + (int) flight.slice(at + 2, at + EXTENSION_HEADER).toUint();
    }
    return false;
  }
}
