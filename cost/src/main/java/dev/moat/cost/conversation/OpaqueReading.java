package dev.moat.cost.conversation;

import dev.moat.cost.capture.CapturedDatagram;
import dev.moat.cost.exchange.Protocol;
import java.util.List;
import java.util.Optional;

/** Datagrams or segments of a protocol that is not known here: their sizes only. */
final class OpaqueReading implements Reading {
  @Override
  public Optional<Piece> read(CapturedDatagram datagram, boolean fromClient) {
    return Optional.of(Piece.opaque(datagram.payload().length()));
  }

  @Override
  public String repeated() {
    return "";
  }

  @Override
  public Protocol protocol(Subject subject) {
    return Protocol.OTHER;
  }

  @Override
  public List<String> remarks() {
    return List.of();
  }
}
