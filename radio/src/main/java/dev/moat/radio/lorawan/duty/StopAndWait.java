package dev.moat.radio.lorawan.duty;

import dev.moat.radio.lorawan.LorawanCost;
import dev.moat.radio.lorawan.MessageCost;
import dev.moat.radio.lorawan.Packet;

/**
 * When the packets of an exchange leave if each waits for the one before to arrive. Device and
 * gateway have duty cycles of their own, spent by nothing but this exchange.
 *
 * <p>Left out: processing and propagation, collisions, other devices that the gateway answers, and
 * changes of sub-band or data rate to get around a duty cycle (except for the second receive
 * window, which has its own).
 */
public final class StopAndWait {
  private final Pacing pacing;
  private final Answers answers;

  /** An exchange under these rules. */
  public StopAndWait(Pacing pacing, Answers answers) {
    this.pacing = pacing;
    this.answers = answers;
  }

  /**
   * As the published back-off tables count: off times, both sides in the default sub-band, answers
   * at once. They call it a lower bound; a gateway that answers in the second receive window can be
   * faster, since that has a duty cycle of its own ({@link #classA}).
   */
  public static StopAndWait inOneSubBand() {
    return new StopAndWait(Pacing.OFF_TIME, Answers.AT_ONCE);
  }

  /** A device of class A with a stack that keeps off times. */
  public static StopAndWait classA() {
    return new StopAndWait(Pacing.OFF_TIME, Answers.IN_RECEIVE_WINDOWS);
  }

  /** The timetable when nothing is lost. */
  public Timetable schedule(LorawanCost cost) {
    return schedule(cost, Losses.none());
  }

  /**
   * The timetable with losses.
   *
   * @throws IllegalArgumentException when a packet is longer than an hour's share of its sub-band
   */
  public Timetable schedule(LorawanCost cost, Losses losses) {
    Timeline timeline = new Timeline(pacing);
    Course course = course(timeline, cost);
    int packet = 0;
    for (MessageCost message : cost.messages()) {
      for (Packet one : message.packets()) {
        send(message, one, losses.of(packet), course);
        packet++;
      }
    }
    return timeline.timetable();
  }

  private Course course(Timeline timeline, LorawanCost cost) {
    return switch (answers) {
      case AT_ONCE -> new FreeCourse(timeline, cost.settings().region().defaultSubBand());
      case IN_RECEIVE_WINDOWS -> new WindowCourse(timeline, cost.settings());
    };
  }

  private static void send(MessageCost message, Packet packet, int lost, Course course) {
    for (int copy = 0; copy < lost; copy++) {
      course.lose(frame(message, packet, copy), packet);
    }
    course.deliver(frame(message, packet, lost), packet);
  }

  private static Frame frame(MessageCost message, Packet packet, int copy) {
    Frame.Purpose purpose = copy == 0 ? Frame.Purpose.FIRST : Frame.Purpose.AGAIN;
    return new Frame(
        message.message().name(), message.message().direction(), purpose, packet.appOctets());
  }
}
