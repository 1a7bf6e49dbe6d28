package dev.moat.cost.conversation;

import dev.moat.cost.capture.CapturedDatagram;
import dev.moat.cost.exchange.Protocol;
import java.util.List;
import java.util.Optional;

/** Tells the messages of one conversation apart, in their order. */
interface Reading {
  /**
   * What a datagram carries; nothing when it is a repetition of an earlier one.
   *
   * @param fromClient true when the client sent it
   */
  Optional<Piece> read(CapturedDatagram datagram, boolean fromClient);

  /** The name of the message that the last repetition repeated. */
  String repeated();

  /** What a subject is called, as far as the conversation has shown. */
  Protocol protocol(Subject subject);

  /** Where the messages leave a doubt. */
  List<String> remarks();
}
