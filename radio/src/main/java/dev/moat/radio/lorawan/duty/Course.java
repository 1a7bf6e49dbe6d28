package dev.moat.radio.lorawan.duty;

import dev.moat.radio.lorawan.Packet;

/** How an exchange goes on, copy by copy. */
interface Course {
  /** A copy of a packet that is lost. */
  void lose(Frame frame, Packet packet);

  /** A copy of a packet that arrives. */
  void deliver(Frame frame, Packet packet);
}
