package dev.moat.cost.conversation;

/** Which side of a captured conversation is the constrained device. */
public enum Device {
  /** Who sends requests, or the ClientHello: its messages are uplink. */
  CLIENT,
  /** The other side. */
  SERVER
}
