package dev.moat.cost.conversation;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.Bytes;
import dev.moat.cost.capture.CapturedDatagram;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.records.DtlsRecords;
import dev.moat.cost.records.SecureNames;
import dev.moat.cost.records.SecureRecord;
import dev.moat.cost.records.ServerHello;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells the flights of DTLS apart: 1.2 by its content types (RFC 6347), 1.3 by the epochs in the
 * headers, of which 2 is the handshake and 3 begins the data (RFC 9147, Section 6.1).
 */
final class DtlsReading implements Reading {
  private static final int HANDSHAKE_EPOCH = 2;
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_HELLO = 2;

  private final Seen seen = new Seen();
  private Protocol protocol = Protocol.DTLS_1_2;
  private boolean dataSent;

  @Override
  public Optional<Piece> read(CapturedDatagram datagram, boolean fromClient) {
    Bytes octets = datagram.payload();
    Flight flight = new Flight(fromClient, octets);
    DtlsRecords.of(octets).forEach(flight::add);
    Object key = flight.key();
    if (seen.again(key)) {
      return Optional.empty();
    }
    Piece piece = flight.piece(octets.length());
    seen.first(key, piece.name());
    return Optional.of(piece);
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
    return List.of();
  }

  /** What one datagram holds. */
  private final class Flight {
    private final boolean fromClient;
    private final Bytes datagram;
    private final List<String> names = new ArrayList<>();
    private final List<Bytes> plainHeaders = new ArrayList<>();
    private boolean onlyPlain = true;
    private boolean handshake;
    private boolean opens;

    Flight(boolean fromClient, Bytes datagram) {
      this.fromClient = fromClient;
      this.datagram = datagram;
    }

    void add(SecureRecord one) {
      switch (one.type()) {
        case SecureRecord.HANDSHAKE -> handshake(one);
        case SecureRecord.CHANGE_CIPHER_SPEC -> shielded("ChangeCipherSpec", true);
        case SecureRecord.ALERT -> shielded("Alert", false);
        case SecureRecord.HEARTBEAT -> shielded("Heartbeat", false);
        case SecureRecord.ACK -> shielded("ACK", true);
        case SecureRecord.UNIFIED -> unified(one.epoch());
        case SecureRecord.WITH_CONNECTION_ID -> withConnectionId();
        default -> shielded("application data", false);
      }
    }

    private void unified(int epoch) {
      protocol = Protocol.DTLS_1_3;
      boolean inHandshake = epoch == HANDSHAKE_EPOCH;
      shielded(inHandshake ? "protected handshake" : "protected data", inHandshake);
    }

    /** Its content type is encrypted: the first of each side is taken for Finished. */
    private void withConnectionId() {
      boolean finished = names.contains("ChangeCipherSpec");
      shielded(finished ? "Finished" : "protected data", finished);
    }

    private void handshake(SecureRecord one) {
      if (one.epoch() > 0) {
        shielded("Finished", true);
        return;
      }
      handshake = true;
      Bytes rest = one.fragment();
      while (!rest.isEmpty()) {
        rest = plain(rest);
      }
    }

    /** A handshake message or a fragment of one: a header of 12 octets (RFC 6347, 4.2.2). */
    private Bytes plain(Bytes rest) {
      if (rest.length() < 12) {
        name("handshake");
        onlyPlain = false;
        return Bytes.empty();
      }
      ByteReader reader = new ByteReader(rest);
      int type = reader.u8();
      reader.bytes(8); // length, number, offset
      int length = (int) reader.uint(3);
      Bytes body = length > reader.remaining() ? reader.rest() : reader.bytes(length);
      name(SecureNames.handshake(type));
      plainHeaders.add(rest.slice(0, 9));
      opens |= type == CLIENT_HELLO;
      boolean newer =
          type == SERVER_HELLO && ServerHello.version(body).orElse(0) == ServerHello.DTLS_1_3;
      protocol = newer ? Protocol.DTLS_1_3 : protocol;
      return rest.slice(reader.position(), rest.length());
    }

    private void shielded(String name, boolean ofHandshake) {
      onlyPlain = false;
      handshake |= ofHandshake;
      name(name);
    }

    private void name(String name) {
      if (names.isEmpty() || !names.get(names.size() - 1).equals(name)) {
        names.add(name);
      }
    }

    /**
     * A retransmitted record has a new number, so that headers of handshake messages tell; where
     * all is protected only equal octets do. A ClientHello after data begins anew.
     */
    Object key() {
      return onlyPlain && !(opens && dataSent)
          ? new Headers(fromClient, plainHeaders, cookies())
          : new Octets(fromClient, datagram);
    }

    /** With a cookie the second ClientHello of DTLS 1.3 is longer than the first. */
    private int cookies() {
      return opens ? datagram.length() : 0;
    }

    Piece piece(int octets) {
      boolean begins = opens && dataSent;
      dataSent = begins ? false : dataSent || !handshake;
      Part part = handshake ? Part.HANDSHAKE : Part.DATA;
      Subject subject = handshake ? Subject.HANDSHAKE : Subject.PROTECTED;
      int own = handshake ? octets : 0;
      return new Piece(subject, String.join(", ", names), part, own, own).beginning(begins);
    }
  }

  private record Headers(boolean fromClient, List<Bytes> headers, int length) {}

  private record Octets(boolean fromClient, Bytes datagram) {}
}
