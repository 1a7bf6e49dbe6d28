package dev.moat.cost.conversation;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.Bytes;
import dev.moat.cost.capture.CapturedDatagram;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.records.SecureNames;
import dev.moat.cost.records.SecureRecord;
import dev.moat.cost.records.ServerHello;
import dev.moat.cost.records.TlsStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells the segments of a TLS connection apart, by the records that end in each. What TLS 1.3
 * protects does not show what it is (RFC 8446, Section 5.2): the server's records until the
 * client's first protected one, and the segment of that one, are taken for the handshake.
 */
final class TlsReading implements Reading {
  private static final int SERVER_HELLO = 2;
  private static final String REMARK =
      "TLS 1.3 hides what its records carry: the handshake is taken to end with the client's first"
          + " protected segment";

  private static final String GAPS =
      "segments are missing, or came in another order: what was in them is not counted, or counted"
          + " by segments that the capture has";

  private final Seen seen = new Seen();
  private final SegmentOrder orderOfClients = new SegmentOrder();
  private final SegmentOrder orderOfServers = new SegmentOrder();
  private final TlsStream fromClients = new TlsStream();
  private final TlsStream fromServers = new TlsStream();
  private Protocol protocol = Protocol.OTHER;
  private boolean clientFinished;

  @Override
  public Optional<Piece> read(CapturedDatagram segment, boolean fromClient) {
    Object key = new Place(fromClient, segment.sequence(), segment.payload().length());
    Bytes fresh = (fromClient ? orderOfClients : orderOfServers).fresh(segment);
    if (seen.again(key) || fresh.isEmpty()) {
      return Optional.empty();
    }
    TlsStream stream = fromClient ? fromClients : fromServers;
    Piece piece = piece(stream.add(fresh), fromClient, fresh.length());
    seen.first(key, piece.name());
    return Optional.of(piece);
  }

  private Piece piece(List<SecureRecord> records, boolean fromClient, int octets) {
    Segment segment = new Segment(fromClient);
    records.forEach(segment::add);
    boolean handshake = segment.handshake || (records.isEmpty() && !clientFinished);
    clientFinished |= segment.finishes || !handshake;
    return handshake
        ? new Piece(Subject.HANDSHAKE, segment.name(), Part.HANDSHAKE, octets, octets)
        : new Piece(Subject.PROTECTED, segment.name(), Part.DATA, 0, 0);
  }

  @Override
  public String repeated() {
    return seen.repeated();
  }

  @Override
  public Protocol protocol(Subject subject) {
    return protocol;
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (protocol == Protocol.TLS_1_3) {
      remarks.add(REMARK);
    }
    if (orderOfClients.hasGaps() || orderOfServers.hasGaps()) {
      remarks.add(GAPS);
    }
    return remarks;
  }

  /** What one segment completes. */
  private final class Segment {
    private final boolean fromClient;
    private final List<String> names = new ArrayList<>();
    private boolean handshake;
    private boolean finishes;

    Segment(boolean fromClient) {
      this.fromClient = fromClient;
    }

    void add(SecureRecord one) {
      switch (one.type()) {
        case SecureRecord.HANDSHAKE -> handshake(one.fragment());
        case SecureRecord.CHANGE_CIPHER_SPEC -> named("ChangeCipherSpec", true);
        case SecureRecord.ALERT -> named("Alert", false);
        default -> hidden();
      }
    }

    private void hidden() {
      boolean own = protocol == Protocol.TLS_1_3 && !clientFinished;
      String data = protocol == Protocol.TLS_1_3 ? "protected data" : "application data";
      named(own ? "protected handshake" : data, own);
      finishes |= own && fromClient;
    }

    /** Encrypted ones of TLS 1.2 have a length that does not fit. */
    private void handshake(Bytes fragment) {
      Bytes rest = fragment;
      while (!rest.isEmpty()) {
        ByteReader reader = new ByteReader(rest);
        int length = rest.length() < 4 ? rest.length() : (int) reader.uint(4) & 0xffffff;
        if (length > reader.remaining()) {
          named("Finished", true);
          return;
        }
        message(rest.at(0), reader.bytes(length));
        rest = rest.slice(reader.position(), rest.length());
      }
    }

    private void message(int type, Bytes body) {
      named(SecureNames.handshake(type), true);
      boolean newer =
          type == SERVER_HELLO && ServerHello.version(body).orElse(0) == ServerHello.TLS_1_3;
      protocol = newer ? Protocol.TLS_1_3 : protocol;
    }

    private void named(String name, boolean ofHandshake) {
      handshake |= ofHandshake;
      if (names.isEmpty() || !names.get(names.size() - 1).equals(name)) {
        names.add(name);
      }
    }

    String name() {
      return names.isEmpty() ? "part of a record" : String.join(", ", names);
    }
  }

  private record Place(boolean fromClient, long sequence, int octets) {}
}
