package dev.moat.radio.lorawan;

/**
 * What LoRaWAN adds around an application payload: MHDR 1, DevAddr 4, FCtrl 1, FCnt 2, FPort 1, MIC
 * 4 (LoRaWAN L2 1.0.4, Section 4), and FOpts with MAC commands.
 */
public final class FrameHeader {
  /** The octets of a frame that are not application payload, without FOpts. */
  public static final int OCTETS = 13;

  /** The octets of a frame without FPort, payload and FOpts: what a device sends to be answered. */
  public static final int EMPTY_FRAME_OCTETS = 12;

  /** The most FOpts that fit FOptsLen's four bits. */
  public static final int MAX_FOPTS = 15;

  private FrameHeader() {}
}
