package dev.moat.testkit;

import dev.moat.bytes.Bytes;
import java.util.Optional;

/**
 * One case of coap-udp-messages.json.
 *
 * @param id its name
 * @param message the datagram
 * @param errorClass why it is malformed; empty when it is well-formed
 * @param decoded the fields of a well-formed message
 * @param reencodesIdentically true when encoding the fields gives the datagram
 * @param note what a receiver has to do, in words
 */
public record UdpMessageCase(
    String id,
    Bytes message,
    Optional<String> errorClass,
    Optional<DecodedMessage> decoded,
    boolean reencodesIdentically,
    String note) {

  @Override
  public String toString() {
    return id;
  }
}
