package dev.moat.cost.capture;

import dev.moat.bytes.Bytes;

/**
 * A packet as it stands in the file, whole.
 *
 * @param number of the packet in the file, from 1
 * @param place where it stands, for errors
 * @param linkType the number of the link layer (LINKTYPE_ registry)
 * @param octets from the link layer's header on
 */
record Frame(int number, String place, int linkType, Bytes octets) {

  /** What takes the frames of a file, in order. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes the next one.
     *
     * @throws CaptureException when its link layer is not known, or a limit is reached
     */
    void take(Frame frame) throws CaptureException;
  }
}
