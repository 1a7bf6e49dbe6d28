package dev.moat.endpoint.udp;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * How sockets are opened. Immutable.
 *
 * @param bind where to listen; port 0 lets the system choose
 * @param loops event loops, each with a socket and a protocol of its own; more than one needs
 *     SO_REUSEPORT
 * @param transport the interface to the kernel
 * @param groups multicast groups to join, by the first loop
 * @param sizes limits in octets and datagrams
 * @param threads how the loops' threads are called, and whether they keep the process alive
 */
public record UdpConfig(
    InetSocketAddress bind,
    int loops,
    Transport transport,
    List<MulticastGroup> groups,
    Sizes sizes,
    Threads threads) {

  /** Copies the list and checks the number of loops. */
  public UdpConfig {
    groups = List.copyOf(groups);
    if (loops < 1 || loops > 1024) {
      throw new IllegalArgumentException("event loops must be 1 to 1024: " + loops);
    }
  }

  /**
   * One loop at {@code bind}, both families where the host has both, the best transport, no groups.
   */
  public static UdpConfig at(InetSocketAddress bind) {
    return new UdpConfig(
        bind,
        1,
        Transport.best(),
        List.of(),
        Sizes.defaults(),
        new Threads("moat-udp", false, false));
  }

  /** This configuration with another number of event loops. */
  public UdpConfig withLoops(int newLoops) {
    return new UdpConfig(bind, newLoops, transport, groups, sizes, threads);
  }

  /** This configuration with another transport. */
  public UdpConfig withTransport(Transport newTransport) {
    return new UdpConfig(bind, loops, newTransport, groups, sizes, threads);
  }

  /** This configuration with other groups. */
  public UdpConfig withGroups(List<MulticastGroup> newGroups) {
    return new UdpConfig(bind, loops, transport, newGroups, sizes, threads);
  }

  /** This configuration with other sizes. */
  public UdpConfig withSizes(Sizes newSizes) {
    return new UdpConfig(bind, loops, transport, groups, newSizes, threads);
  }

  /** This configuration with other threads. */
  public UdpConfig withThreads(Threads newThreads) {
    return new UdpConfig(bind, loops, transport, groups, sizes, newThreads);
  }

  /** True when several sockets share the port, so that all need SO_REUSEPORT. */
  boolean sharesPort() {
    return loops > 1 || !groups.isEmpty();
  }

  /**
   * Limits.
   *
   * @param datagramOctets the longest datagram taken; longer ones are dropped
   * @param batch the most datagrams read by one system call
   * @param socketBufferOctets what the kernel is asked to hold, each way
   * @param outboundOctets what may wait to be sent before reading pauses
   */
  public record Sizes(int datagramOctets, int batch, int socketBufferOctets, int outboundOctets) {
    /** Checks that all are positive and that a datagram fits what UDP can carry. */
    public Sizes {
      if (datagramOctets < 64 || datagramOctets > 65_507) {
        throw new IllegalArgumentException("datagramOctets must be 64 to 65507: " + datagramOctets);
      }
      if (batch < 1 || batch > 1024 || socketBufferOctets < 4096 || outboundOctets < 4096) {
        throw new IllegalArgumentException(
            "batch must be 1 to 1024, buffers at least 4096 octets: "
                + batch
                + ", "
                + socketBufferOctets
                + ", "
                + outboundOctets);
      }
    }

    /** Datagrams up to 2047 octets, 64 in a batch, 2 MiB in the kernel, 1 MiB waiting. */
    public static Sizes defaults() {
      return new Sizes(2047, 64, 2 << 20, 1 << 20);
    }
  }

  /**
   * The loops' threads.
   *
   * @param name prefix of their names
   * @param daemon true when they do not keep the process alive
   * @param reportSendFailures true when the protocol wants to be told of datagrams that did not
   *     leave
   */
  public record Threads(String name, boolean daemon, boolean reportSendFailures) {}
}
