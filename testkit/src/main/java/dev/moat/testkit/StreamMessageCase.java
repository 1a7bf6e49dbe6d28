package dev.moat.testkit;

import dev.moat.bytes.Bytes;
import java.util.Optional;

/**
 * One case of coap-tcp-messages.json.
 *
 * @param id its name
 * @param transport {@code tcp}, one message; {@code tcp-stream}, what a connection begins with; or
 *     {@code ws}, the content of one binary frame
 * @param message the octets
 * @param expected {@code ok} or {@code incomplete}; of a stream {@code accepted} or {@code abort}
 * @param decoded the fields of a well-formed message, without version, type and Message ID
 */
public record StreamMessageCase(
    String id, String transport, Bytes message, String expected, Optional<DecodedMessage> decoded) {

  @Override
  public String toString() {
    return id;
  }
}
