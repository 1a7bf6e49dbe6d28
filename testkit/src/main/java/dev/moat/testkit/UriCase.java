package dev.moat.testkit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One case of coap-uri.json.
 *
 * @param id its name
 * @param uri the URI as text
 * @param direction what to check
 * @param destinationPort where the request goes
 * @param uriHost the Uri-Host option
 * @param uriPort the Uri-Port option
 * @param uriPath the Uri-Path options; empty optional when left to the implementation
 * @param uriQuery the Uri-Query options
 */
public record UriCase(
    String id,
    String uri,
    Direction direction,
    OptionalInt destinationPort,
    Optional<String> uriHost,
    OptionalInt uriPort,
    Optional<List<String>> uriPath,
    List<String> uriQuery) {

  @Override
  public String toString() {
    return id;
  }

  /** What a case checks. */
  public enum Direction {
    /** URI to options and options to URI. */
    BOTH,
    /** URI to options only. */
    DECOMPOSE,
    /** No valid coap URI. */
    REJECT
  }
}
