package dev.moat.radio.lorawan.duty;

import dev.moat.radio.lorawan.Packet;
import dev.moat.radio.lorawan.SubBand;

/**
 * {@link Answers#AT_ONCE}: duty cycles alone delay a frame, and a loss is known when it happens.
 */
final class FreeCourse implements Course {
  private final Timeline timeline;
  private final SubBand subBand;
  private long nowMicros;

  FreeCourse(Timeline timeline, SubBand subBand) {
    this.timeline = timeline;
    this.subBand = subBand;
  }

  @Override
  public void lose(Frame frame, Packet packet) {
    deliver(frame, packet);
  }

  @Override
  public void deliver(Frame frame, Packet packet) {
    long start = timeline.earliest(frame.direction(), subBand, nowMicros, packet.airMicros());
    nowMicros =
        timeline.send(
            new Departure(frame, Departure.Slot.FREE, subBand, start, packet.airMicros()));
  }
}
