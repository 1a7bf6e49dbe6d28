package dev.moat.radio.lorawan.duty;

import dev.moat.radio.Direction;
import dev.moat.radio.lorawan.DataRate;
import dev.moat.radio.lorawan.FrameHeader;
import dev.moat.radio.lorawan.LorawanSettings;
import dev.moat.radio.lorawan.Packet;
import dev.moat.radio.lorawan.Region;
import dev.moat.radio.lorawan.SubBand;
import java.util.Optional;

/**
 * {@link Answers#IN_RECEIVE_WINDOWS}: the rules of class A (LoRaWAN L2 1.0.4, Section 3.3). A
 * downlink starts exactly when a window opens; a device sends again when its windows have passed.
 */
final class WindowCourse implements Course {
  /** RECEIVE_DELAY1; RECEIVE_DELAY2 is a second more. */
  private static final long FIRST_WINDOW_MICROS = 1_000_000;

  private static final long SECOND_WINDOW_MICROS = 2_000_000;

  /** RETRANSMIT_TIMEOUT is 1 to 3 s at random; this is its mean. */
  private static final long RETRANSMIT_TIMEOUT_MICROS = 2_000_000;

  private final Timeline timeline;
  private final LorawanSettings settings;
  private final Region region;
  private final long pollMicros;
  private long readyMicros;

  /** When the windows of the last uplink have passed, were nothing heard in them. */
  private long windowsPassedMicros;

  private Optional<Long> uplinkEnd = Optional.empty();

  WindowCourse(Timeline timeline, LorawanSettings settings) {
    this.timeline = timeline;
    this.settings = settings;
    this.region = settings.region();
    this.pollMicros =
        settings
            .dataRate(Direction.UPLINK)
            .signal()
            .frameMicros(FrameHeader.EMPTY_FRAME_OCTETS + settings.fOptsOctets(), Direction.UPLINK);
  }

  @Override
  public void lose(Frame frame, Packet packet) {
    send(frame, packet);
    uplinkEnd = Optional.empty();
    // Who missed a downlink in the first window still opens the second.
    readyMicros = Math.max(readyMicros, windowsPassedMicros) + RETRANSMIT_TIMEOUT_MICROS;
  }

  @Override
  public void deliver(Frame frame, Packet packet) {
    send(frame, packet);
  }

  private void send(Frame frame, Packet packet) {
    switch (frame.direction()) {
      case UPLINK -> uplink(frame, packet.airMicros());
      case DOWNLINK -> downlink(frame, packet);
    }
  }

  private void uplink(Frame frame, long airMicros) {
    SubBand subBand = region.defaultSubBand();
    long start = timeline.earliest(Direction.UPLINK, subBand, readyMicros, airMicros);
    long end = timeline.send(new Departure(frame, Departure.Slot.FREE, subBand, start, airMicros));
    uplinkEnd = Optional.of(end);
    windowsPassedMicros = end + SECOND_WINDOW_MICROS;
    readyMicros = windowsPassedMicros;
  }

  private void downlink(Frame frame, Packet packet) {
    Optional<Departure> departure = inWindow(frame, packet);
    while (departure.isEmpty()) {
      uplink(new Frame(frame.message(), Direction.UPLINK, Frame.Purpose.POLL, 0), pollMicros);
      departure = inWindow(frame, packet);
    }
    readyMicros = timeline.send(departure.get());
    uplinkEnd = Optional.empty();
  }

  /** The departure in a window of the last uplink; empty when none is left or permitted. */
  private Optional<Departure> inWindow(Frame frame, Packet packet) {
    return uplinkEnd.flatMap(
        end ->
            firstWindow(frame, packet, end).or(() -> secondWindow(frame, packet.appOctets(), end)));
  }

  private Optional<Departure> firstWindow(Frame frame, Packet packet, long end) {
    return permitted(
        new Departure(
            frame,
            Departure.Slot.RX1,
            region.defaultSubBand(),
            end + FIRST_WINDOW_MICROS,
            packet.airMicros()));
  }

  private Optional<Departure> secondWindow(Frame frame, int appOctets, long end) {
    DataRate rate = region.secondWindowDataRate();
    if (appOctets + settings.fOptsOctets() > rate.maxAppOctets(settings.repeater())) {
      return Optional.empty();
    }
    return permitted(
        new Departure(
            frame,
            Departure.Slot.RX2,
            region.secondWindowSubBand(),
            end + SECOND_WINDOW_MICROS,
            rate.signal().frameMicros(settings.phyOctets(appOctets), Direction.DOWNLINK)));
  }

  private Optional<Departure> permitted(Departure one) {
    long start =
        timeline.earliest(Direction.DOWNLINK, one.subBand(), one.startMicros(), one.airMicros());
    return start == one.startMicros() ? Optional.of(one) : Optional.empty();
  }
}
