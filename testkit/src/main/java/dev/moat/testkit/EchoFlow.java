package dev.moat.testkit;

import dev.moat.bytes.Bytes;
import java.util.List;

/**
 * One message flow of echo-request-tag.json.
 *
 * @param id its name
 * @param title what it shows
 * @param steps the messages in order
 */
public record EchoFlow(String id, String title, List<Step> steps) {
  @Override
  public String toString() {
    return id;
  }

  /**
   * One message of a flow.
   *
   * @param sender client or server
   * @param message the datagram
   * @param decoded its fields
   * @param note what it shows, in words
   */
  public record Step(String sender, Bytes message, DecodedMessage decoded, String note) {}
}
