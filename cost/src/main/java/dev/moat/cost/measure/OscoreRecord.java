package dev.moat.cost.measure;

import dev.moat.bytes.Bytes;
import dev.moat.cost.exchange.RecordedExchange;

/**
 * What OSCORE adds to a request and to its response: measured as the difference of what was sent
 * with it and without it.
 *
 * @param senderId the client's Sender ID, which each request carries as its kid
 * @param sequenceNumber of the request
 * @param withPayload true for FETCH with a payload, false for GET without; the response has one
 * @param unprotected the exchange without OSCORE
 * @param protectedByOscore the same under OSCORE
 */
public record OscoreRecord(
    Bytes senderId,
    long sequenceNumber,
    boolean withPayload,
    RecordedExchange unprotected,
    RecordedExchange protectedByOscore) {
  /** The octets that OSCORE added to the request. */
  public int requestOverhead() {
    return overhead(0);
  }

  /** The octets that OSCORE added to the response. */
  public int responseOverhead() {
    return overhead(1);
  }

  private int overhead(int message) {
    return protectedByOscore.messages().get(message).datagramOctets()
        - unprotected.messages().get(message).datagramOctets();
  }
}
