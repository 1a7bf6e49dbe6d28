package dev.moat.cost.conversation;

import dev.moat.cost.exchange.Part;
import java.util.Optional;

/**
 * What one datagram carries.
 *
 * @param subject what it belongs to
 * @param name of the message
 * @param part what it is for
 * @param begins true when a new exchange of its subject may begin with it
 * @param messageOctets of the key exchange's message
 * @param payloadOctets of the CoAP payload, or as {@code messageOctets}
 * @param acknowledged what an empty message answers: they stay together
 */
record Piece(
    Subject subject,
    String name,
    Part part,
    boolean begins,
    int messageOctets,
    int payloadOctets,
    Optional<Piece> acknowledged) {

  /** One that acknowledges nothing and begins nothing. */
  Piece(Subject subject, String name, Part part, int messageOctets, int payloadOctets) {
    this(subject, name, part, false, messageOctets, payloadOctets, Optional.empty());
  }

  /** The same; a new exchange begins with it when {@code now} says so. */
  Piece beginning(boolean now) {
    return new Piece(subject, name, part, now, messageOctets, payloadOctets, acknowledged);
  }

  /** Something that is neither CoAP nor a record. */
  static Piece opaque(int octets) {
    return new Piece(Subject.OPAQUE, "datagram", Part.DATA, 0, octets);
  }
}
