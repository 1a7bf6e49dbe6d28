package dev.moat.radio.sixtisch;

import dev.moat.radio.Message;

/**
 * What one message takes.
 *
 * @param message the CoAP payload
 * @param frames how many frames, at each hop; 0 for a message without octets
 * @param roomOctets what one frame has room for
 */
public record MessageFrames(Message message, int frames, int roomOctets) {
  /** How full its frames are, 0 to 1: octets / (frames room); 0 without frames. */
  public double fill() {
    return frames == 0 ? 0 : message.octets() / (double) (frames * roomOctets);
  }
}
