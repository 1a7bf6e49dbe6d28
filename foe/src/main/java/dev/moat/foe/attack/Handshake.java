package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;

/** What shows that a message in clear belongs to a handshake (RFC 9528, Appendix A.2). */
final class Handshake {
  /** application/edhoc+cbor-seq and application/cid-edhoc+cbor-seq (RFC 9528, Section 10.9). */
  private static final long EDHOC = 64;

  private static final long CID_EDHOC = 65;

  private Handshake() {}

  /** True for a request or response that carries a message of a handshake. */
  static boolean isMessage(Bytes datagram) {
    return ClearSight.decode(datagram).filter(Handshake::isMessage).isPresent();
  }

  static boolean isMessage(Message message) {
    long format = message.options().uint(OptionNumber.CONTENT_FORMAT).orElse(-1);
    return format == EDHOC || format == CID_EDHOC;
  }
}
