package dev.moat.cost.study;

import dev.moat.radio.lorawan.LorawanSettings;
import dev.moat.radio.nbiot.PowerProfile;
import dev.moat.radio.sixtisch.FrameRoom;

/**
 * Under which conditions exchanges are costed.
 *
 * @param lorawan region and data rate
 * @param frames how far away in the mesh the device is, and the room in its frames
 * @param power what the NB-IoT modem draws
 */
public record RadioSettings(LorawanSettings lorawan, FrameRoom frames, PowerProfile power) {

  /** Those of the requirements document: EU868 at DR0, five hops, the published power. */
  public static RadioSettings benchmark() {
    return new RadioSettings(
        LorawanSettings.benchmark(), FrameRoom.benchmark(), PowerProfile.benchmark());
  }

  /** From the device to the root of the mesh. */
  public int hops() {
    return frames.hops();
  }
}
