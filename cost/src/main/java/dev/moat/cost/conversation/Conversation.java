package dev.moat.cost.conversation;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.cost.capture.CapturedDatagram;
import dev.moat.cost.capture.CapturedDatagram.Carrier;
import dev.moat.cost.capture.Endpoint;
import dev.moat.cost.records.DtlsRecords;
import dev.moat.cost.records.SecureRecord;
import dev.moat.cost.records.TlsStream;
import dev.moat.radio.Direction;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of two endpoints: cut into exchanges. A handshake takes the first protected request
 * and its response along; what follows is an exchange of its own.
 */
final class Conversation {
  private static final Bytes EPOCH_0 = Bytes.of(0, 0);

  private final List<CapturedDatagram> datagrams = new ArrayList<>();
  private final List<Collected> collected = new ArrayList<>();
  private final IdentityHashMap<Piece, Collected> places = new IdentityHashMap<>();
  private @Nullable Collected handshake;

  void add(CapturedDatagram datagram) {
    datagrams.add(datagram);
  }

  /** What carried all of them. */
  Carrier carrier() {
    return datagrams.get(0).carrier();
  }

  /** Who asks: the first to send a request or a ClientHello; without either, the first to send. */
  Endpoint client() {
    return datagrams.stream()
        .filter(Conversation::asks)
        .findFirst()
        .orElse(datagrams.get(0))
        .from();
  }

  /** The other side. */
  Endpoint server() {
    CapturedDatagram first = datagrams.get(0);
    return first.from().equals(client()) ? first.to() : first.from();
  }

  private static boolean asks(CapturedDatagram datagram) {
    if (datagram.carrier() == Carrier.TCP) {
      return TlsStream.begins(datagram.payload())
          && datagram.payload().at(0) == SecureRecord.HANDSHAKE
          && datagram.payload().length() > 5
          && datagram.payload().at(5) == 1;
    }
    if (DtlsRecords.begins(datagram.payload())) {
      return datagram.payload().length() > 13
          && datagram.payload().at(0) == SecureRecord.HANDSHAKE
          && datagram.payload().slice(3, 5).equals(EPOCH_0)
          && datagram.payload().at(13) == 1;
    }
    Optional<Message> message = CoapReading.decode(datagram.payload());
    return message.isPresent() && message.get().code().isRequest();
  }

  /** What fits the first datagram that begins like something known. */
  Reading reading(List<String> edhocPath) {
    for (CapturedDatagram one : datagrams) {
      if (one.carrier() == Carrier.TCP) {
        if (TlsStream.begins(one.payload())) {
          return new TlsReading();
        }
      } else if (DtlsRecords.begins(one.payload())) {
        return new DtlsReading();
      } else if (CoapReading.decode(one.payload()).isPresent()) {
        return new CoapReading(edhocPath);
      }
    }
    return new OpaqueReading();
  }

  /** Reads all, in order. */
  List<Collected> cut(Reading reading, Device device) {
    Endpoint client = client();
    Endpoint up = device == Device.CLIENT ? client : server();
    @Nullable Collected latest = null;
    for (CapturedDatagram one : datagrams) {
      boolean fromClient = one.from().equals(client);
      Optional<Piece> piece = reading.read(one, fromClient);
      if (piece.isPresent()) {
        latest = place(piece.get());
        Direction direction = one.from().equals(up) ? Direction.UPLINK : Direction.DOWNLINK;
        latest.add(piece.get(), one, fromClient, direction);
      } else if (latest != null) {
        latest.again(reading.repeated(), one.payload().length());
      }
    }
    return List.copyOf(collected);
  }

  private Collected place(Piece piece) {
    Collected into = piece.acknowledged().map(places::get).orElseGet(() -> byHandshake(piece));
    Collected unused = places.put(piece, into);
    return into;
  }

  private Collected byHandshake(Piece piece) {
    Collected current = handshake;
    boolean own = piece.subject() == Subject.HANDSHAKE;
    if (own && (current == null || piece.begins())) {
      handshake = begun(Subject.HANDSHAKE);
      return handshake;
    }
    boolean data = piece.subject() == Subject.PROTECTED;
    return current != null && (own || (data && current.takesData()))
        ? current
        : bySubject(piece.subject());
  }

  /** Beside handshakes there is one exchange of each subject. */
  private Collected bySubject(Subject subject) {
    return collected.stream()
        .filter(one -> one.subject() == subject)
        .findFirst()
        .orElseGet(() -> begun(subject));
  }

  private Collected begun(Subject subject) {
    Collected one = new Collected(subject);
    collected.add(one);
    return one;
  }
}
