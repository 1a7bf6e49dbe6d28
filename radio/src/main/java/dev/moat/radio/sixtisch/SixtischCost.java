package dev.moat.radio.sixtisch;

import dev.moat.radio.Direction;
import java.util.List;

/**
 * What an exchange takes in frames.
 *
 * @param hops from the root to the device
 * @param messages every message of the exchange, in order
 */
public record SixtischCost(int hops, List<MessageFrames> messages) {
  /** Keeps a copy. */
  public SixtischCost {
    messages = List.copyOf(messages);
  }

  /** All frames, at one hop. */
  public int frames() {
    return messages.stream().mapToInt(MessageFrames::frames).sum();
  }

  /** The frames that go this way, at one hop. */
  public int frames(Direction direction) {
    return messages.stream()
        .filter(one -> one.message().direction() == direction)
        .mapToInt(MessageFrames::frames)
        .sum();
  }

  /** The frames as often as they are sent when none is lost: frames times hops. */
  public int transmissions() {
    return frames() * hops;
  }

  /** How full the frames are on average, 0 to 1; 0 when there is none. */
  public double meanFill() {
    int frames = frames();
    return frames == 0
        ? 0
        : messages.stream().mapToDouble(one -> one.fill() * one.frames()).sum() / frames;
  }
}
