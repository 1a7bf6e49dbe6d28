package dev.moat.cost.capture;

import dev.moat.bytes.Bytes;

/**
 * What UDP carried in one datagram, or TCP in one segment. Never empty.
 *
 * @param number of the record or packet block in the file, from 1
 * @param from who sent it
 * @param to whom it was sent
 * @param carrier what carried it
 * @param sequence of the first octet in TCP's stream, 32 bits; 0 for UDP
 * @param payload the octets
 */
public record CapturedDatagram(
    int number, Endpoint from, Endpoint to, Carrier carrier, long sequence, Bytes payload) {

  /** What carries the octets. */
  public enum Carrier {
    /** RFC 768. */
    UDP,
    /** RFC 9293. */
    TCP
  }
}
