package dev.moat.foe.scenario;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import java.util.Optional;

/**
 * One request that an application makes, before any stack has a say.
 *
 * @param method the method
 * @param path Uri-Path with a leading slash
 * @param payload the body's text, blanks included
 * @param careless true when the application would send it non-confirmable if its stack let it
 * @param token what a stack without token processing of its own would use
 * @param times how often the request is made
 */
public record Ask(
    Code method, String path, String payload, boolean careless, Optional<Bytes> token, int times) {

  /** A single confirmable request without a body. */
  public static Ask of(Code method, String path) {
    return new Ask(method, path, "", false, Optional.empty(), 1);
  }

  /** This request with another body. */
  public Ask withPayload(String text) {
    return new Ask(method, path, text, careless, token, times);
  }
}
