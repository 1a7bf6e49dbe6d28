package dev.moat.radio.sixtisch;

import dev.moat.radio.Direction;
import java.util.List;

/**
 * Fragments of one datagram by RFC 4944 Section 5.3: the compressed headers are in the first
 * fragment only, so that later ones carry more than {@link FrameRoom} says; but all must arrive at
 * every hop for the datagram to go on. Offsets count units of 8 octets of the uncompressed
 * datagram.
 */
public final class LowpanFragments {
  private static final int FIRST_HEADER = 4;
  private static final int NEXT_HEADER = 5;
  private static final int UNIT = 8;

  private LowpanFragments() {}

  /**
   * How many frames a CoAP payload takes in the mesh at so many hops. No octets, no frame.
   *
   * @param hops from the root to the pledge, 2 to 32
   * @throws IllegalArgumentException when the hops are out of range or the size is negative
   */
  public static int count(Direction direction, int hops, int payloadOctets) {
    if (payloadOctets < 0) {
      throw new IllegalArgumentException("a payload has no size below 0: " + payloadOctets);
    }
    List<HeaderField> all = FrameHeaders.mesh(direction, hops);
    int coap = layer(all, "CoAP");
    int room = FrameHeaders.FRAME_OCTETS - FrameHeaders.octets(all) + coap;
    if (payloadOctets == 0 || payloadOctets + coap <= room) {
      return payloadOctets == 0 ? 0 : 1;
    }
    // IPv6 and UDP are 48 octets uncompressed, a multiple of the unit, so what follows them in the
    // first fragment has to be a multiple too.
    int first = units(room - FIRST_HEADER);
    int next = units(FrameHeaders.FRAME_OCTETS - layer(all, "MAC") - NEXT_HEADER);
    int left = payloadOctets + coap - first;
    return 1 + (left + next - 1) / next;
  }

  private static int units(int octets) {
    return Math.max(0, octets) / UNIT * UNIT;
  }

  private static int layer(List<HeaderField> fields, String layer) {
    return FrameHeaders.octets(fields.stream().filter(one -> one.layer().equals(layer)).toList());
  }
}
