package dev.moat.cost.study;

import java.util.List;

/**
 * What happens when many handshakes run at once, and when one is run again.
 *
 * @param parallel runs with growing numbers of devices
 * @param reboot a device that lost all it knew but its credential
 */
public record Repeats(List<Parallel> parallel, Reboot reboot) {
  /** Keeps a copy. */
  public Repeats {
    parallel = List.copyOf(parallel);
  }

  /**
   * Handshakes interleaved through one server.
   *
   * @param devices how many at once
   * @param millis until the last has its first protected response
   * @param aloneOctets datagrams of one that runs alone, until its response
   * @param mostOctets the same of the largest among these: identifiers get longer when a server has
   *     used up those of one octet
   */
  public record Parallel(int devices, long millis, int aloneOctets, int mostOctets) {}

  /**
   * A handshake before and after the loss of all state.
   *
   * @param firstOctets datagrams until the first protected response, before
   * @param againOctets the same, after
   */
  public record Reboot(int firstOctets, int againOctets) {}
}
