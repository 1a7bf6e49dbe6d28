package dev.moat.cost.tls;

import dev.moat.bytes.Bytes;
import dev.moat.cost.records.SecureNames;
import dev.moat.cost.records.SecureRecord;
import java.util.ArrayList;
import java.util.List;

/** Reads what is in clear in DTLS 1.2 datagrams (RFC 6347, Section 4.1; RFC 9146, Section 4). */
final class DtlsNames {
  private static final int EPOCH = 3;
  private static final int LENGTH = 11;
  private static final int LENGTH_OCTETS = 2;
  private static final int MESSAGE_HEADER = 12;
  private static final int MESSAGE_FRAGMENT_LENGTH = 9;
  private static final int MESSAGE_FRAGMENT_OFFSET = 6;

  private final int connectionIdOctets;

  /** With connection ids of this length in records that have one. */
  DtlsNames(int connectionIdOctets) {
    this.connectionIdOctets = Math.max(0, connectionIdOctets);
  }

  /**
   * What stands in a datagram, record by record; a handshake message in fragments counts once.
   *
   * @throws IllegalArgumentException when a length leads beyond the end
   */
  List<String> names(Bytes datagram) {
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < datagram.length()) {
      int type = datagram.at(at);
      int length = at + LENGTH + (type == SecureRecord.WITH_CONNECTION_ID ? connectionIdOctets : 0);
      int begin = length + LENGTH_OCTETS;
      if (begin > datagram.length()) {
        throw new IllegalArgumentException("a DTLS record without an end");
      }
      int end = begin + uint(datagram, length, LENGTH_OCTETS);
      if (end > datagram.length()) {
        throw new IllegalArgumentException("a DTLS record without an end");
      }
      boolean inClear = type == SecureRecord.HANDSHAKE && uint(datagram, at + EPOCH, 2) == 0;
      if (inClear) {
        messages(datagram.slice(begin, end), names);
      } else {
        names.add(HandshakeNames.record(type));
      }
      at = end;
    }
    return names;
  }

  /** A record may have several handshake messages (RFC 6347, Section 4.2.3). */
  private static void messages(Bytes content, List<String> names) {
    int at = 0;
    while (at + MESSAGE_HEADER <= content.length()) {
      if (uint(content, at + MESSAGE_FRAGMENT_OFFSET, 3) == 0) {
        names.add(SecureNames.handshake(content.at(at)));
      }
      at += MESSAGE_HEADER + uint(content, at + MESSAGE_FRAGMENT_LENGTH, 3);
    }
  }

  private static int uint(Bytes octets, int from, int count) {
    return (int) octets.slice(from, from + count).toUint();
  }
}
