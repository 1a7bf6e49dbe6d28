package dev.moat.testkit;

import dev.moat.bytes.Bytes;
import java.util.List;

/**
 * What a vector says a message decodes to.
 *
 * @param version the version field
 * @param type CON, NON, ACK or RST
 * @param messageId the Message ID
 * @param code the code as {@code c.dd}
 * @param token the token
 * @param options number and value of each option, in order
 * @param payload the payload, empty when there is none
 */
public record DecodedMessage(
    int version,
    String type,
    int messageId,
    String code,
    Bytes token,
    List<Field> options,
    Bytes payload) {

  /**
   * One option.
   *
   * @param number the option number
   * @param value its octets
   */
  public record Field(int number, Bytes value) {}
}
