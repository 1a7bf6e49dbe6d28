package dev.moat.radio.lorawan;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a message into fragments that are all full but the last.
 *
 * <p>By default a fragment has no header of its own, as draft-ietf-lake-reqs counts; a real network
 * needs one, for instance that of SCHC (RFC 9011), whose size can be given.
 */
final class Fragmentation {
  private Fragmentation() {}

  /**
   * The application payloads of the frames.
   *
   * @param octets the size of the message
   * @param limit the largest application payload, above {@code headerOctets}
   * @param headerOctets what each fragment of a split message carries beside its share
   */
  static List<Integer> split(int octets, int limit, int headerOctets) {
    List<Integer> payloads = new ArrayList<>();
    if (octets > limit) {
      int room = limit - headerOctets;
      for (int left = octets; left > 0; left -= room) {
        payloads.add(headerOctets + Math.min(left, room));
      }
    } else if (octets > 0) {
      payloads.add(octets);
    }
    return payloads;
  }
}
