package dev.moat.endpoint.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stack.DatagramProtocol;
import dev.moat.endpoint.stack.LoopGate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class UdpEndpointTest {
  private static final Bytes FAULT = Bytes.utf8("fault");

  /**
   * Epoll is native to Linux on two kinds of processor; elsewhere its cases say that they are
   * skipped.
   */
  private static void assumeAvailable(Transport transport) {
    boolean available = transport == Transport.NIO || Transport.best() == transport;
    if (!available) {
      System.out.println("skipped: " + transport + " is not available on this machine");
    }
    Assumptions.assumeTrue(available, "no " + transport);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void carriesDatagramsBothWaysOverIpv4AndIpv6(Transport transport) throws IOException {
    assumeAvailable(transport);
    try (UdpEndpoint endpoint = start(config().withTransport(transport))) {
      assertThat(exchange(InetAddress.getByName("127.0.0.1"), endpoint, Bytes.utf8("four")))
          .isEqualTo(Bytes.utf8("u:four"));
      assertThat(exchange(InetAddress.getByName("::1"), endpoint, Bytes.utf8("six")))
          .isEqualTo(Bytes.utf8("u:six"));
      assertThat(endpoint.transport()).isEqualTo(transport);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void survivesAProtocolThatThrows(Transport transport) throws IOException {
    assumeAvailable(transport);
    Queue<String> seen = new java.util.concurrent.ConcurrentLinkedQueue<>();
    try (UdpEndpoint endpoint =
        UdpEndpoint.start(
            config().withTransport(transport), Echo::new, event -> seen.add(event.describe()))) {
      InetAddress local = InetAddress.getByName("127.0.0.1");
      assertThat(exchange(local, endpoint, FAULT, Bytes.utf8("then")))
          .isEqualTo(Bytes.utf8("u:then"));
      assertThat(seen).anyMatch(line -> line.contains("IllegalStateException"));
    }
  }

  @Test
  void dropsADatagramAboveTheLimitInsteadOfCuttingIt() throws IOException {
    UdpConfig small = config().withSizes(new UdpConfig.Sizes(64, 8, 65536, 65536));
    try (UdpEndpoint endpoint = start(small)) {
      InetAddress local = InetAddress.getByName("127.0.0.1");
      Bytes tooLong = Bytes.owned(new byte[65]);
      Bytes longest = Bytes.owned(new byte[64]);
      assertThat(exchange(local, endpoint, tooLong, longest))
          .isEqualTo(Bytes.utf8("u:").plus(longest));
    }
  }

  @Test
  void servesSeveralLoopsOnOnePort() throws IOException {
    try (UdpEndpoint endpoint = start(config().withLoops(2))) {
      assertThat(endpoint.loops()).hasSize(2);
      for (int i = 0; i < 20; i++) {
        Bytes text = Bytes.utf8("n" + i);
        assertThat(exchange(InetAddress.getByName("127.0.0.1"), endpoint, text))
            .isEqualTo(Bytes.utf8("u:").plus(text));
      }
    }
  }

  @Test
  void saysWhichAddressIsTaken() {
    try (UdpEndpoint endpoint = start(config())) {
      UdpConfig same = UdpConfig.at(endpoint.address());
      assertThatThrownBy(() -> start(same))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot listen on")
          .hasMessageContaining(String.valueOf(endpoint.address().getPort()));
    }
  }

  @Test
  void releasesThePortAndTheThreadsOnClose() {
    UdpEndpoint first = start(config());
    InetSocketAddress address = first.address();
    first.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("udp-test"));
    start(UdpConfig.at(address)).close();
  }

  @Test
  void wakesTheProtocolWhenItAsked() throws Exception {
    CountDownLatch woken = new CountDownLatch(3);
    try (UdpEndpoint endpoint =
        UdpEndpoint.start(config(), gate -> new Ticking(woken), EventSink.NONE)) {
      endpoint.loops().get(0).execute(() -> {});
      assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void reportsADatagramThatCannotLeave() throws Exception {
    UdpConfig reporting = config().withThreads(new UdpConfig.Threads("udp-test", true, true));
    Echo[] echo = new Echo[1];
    try (UdpEndpoint endpoint =
        UdpEndpoint.start(reporting, gate -> echo[0] = new Echo(gate), EventSink.NONE)) {
      Peer local = Peer.of(Bytes.of(127, 0, 0, 1), 9);
      endpoint.loops().get(0).execute(() -> echo[0].send(local, Bytes.owned(new byte[70_000])));
      assertThat(echo[0].failed.get(10, TimeUnit.SECONDS)).isEqualTo(local);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void marksWhatCameToAGroupAndAnswersFromItsOwnAddress(Transport transport) throws IOException {
    assumeAvailable(transport);
    NetworkInterface where = multicastInterface();
    List<MulticastGroup> groups = groups(transport, where);
    UdpConfig joined = at(transport, where).withTransport(transport).withGroups(groups);
    try (UdpEndpoint endpoint = start(joined);
        MulticastSocket client = new MulticastSocket(0)) {
      client.setOption(StandardSocketOptions.IP_MULTICAST_IF, where);
      client.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
      client.setSoTimeout(2000);
      for (MulticastGroup group : groups) {
        Bytes text = Bytes.utf8("all");
        InetSocketAddress to =
            new InetSocketAddress(group.bindAddress(), endpoint.address().getPort());
        if (!sent(client, packet(text, to))) {
          continue;
        }
        DatagramPacket answer = new DatagramPacket(new byte[100], 100);
        client.receive(answer);
        assertThat(Bytes.copyOf(answer.getData(), 0, answer.getLength()).toUtf8())
            .isEqualTo("m:all");
        assertThat(answer.getAddress().isMulticastAddress()).isFalse();
        client.setSoTimeout(100);
        assertThatThrownBy(() -> client.receive(answer)).isInstanceOf(IOException.class);
        client.setSoTimeout(2000);
      }
      assertThat(exchange(ipv4(where), endpoint, Bytes.utf8("one"))).isEqualTo(Bytes.utf8("u:one"));
    }
  }

  @Test
  void refusesGroupsWhereItCannotTellThemApart() throws IOException {
    UdpConfig wildcard =
        config()
            .withTransport(Transport.NIO)
            .withGroups(MulticastGroup.allCoapNodes(multicastInterface()));
    assertThatThrownBy(() -> start(wildcard)).hasMessageContaining("bind address");
  }

  @Test
  void translatesAddressesOfBothFamilies() throws IOException {
    AddressCache cache = new AddressCache(16);
    for (String text : List.of("192.0.2.7", "2001:db8::1", "fe80::1%1", "::1")) {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(text), 5683);
      Peer peer = cache.peerAt(address);
      assertThat(peer.isIpv4()).isEqualTo(address.getAddress() instanceof Inet4Address);
      assertThat(cache.addressOf(peer)).isSameAs(address);
      assertThat(cache.peerAt(address)).isSameAs(peer);
      assertThat(SocketAddresses.toSocketAddress(peer)).isEqualTo(address);
    }
  }

  private static List<MulticastGroup> groups(Transport transport, NetworkInterface where) {
    List<MulticastGroup> all = MulticastGroup.allCoapNodes(where);
    return transport == Transport.NIO ? all.subList(0, 1) : all;
  }

  private static UdpConfig at(Transport transport, NetworkInterface where) throws IOException {
    return transport == Transport.NIO
        ? UdpConfig.at(new InetSocketAddress(ipv4(where), 0))
        : config();
  }

  private static InetAddress ipv4(NetworkInterface where) throws IOException {
    return where
        .inetAddresses()
        .filter(Inet4Address.class::isInstance)
        .findFirst()
        .orElse(InetAddress.getByName("127.0.0.1"));
  }

  private static NetworkInterface multicastInterface() throws IOException {
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (each.isUp() && each.supportsMulticast() && each.getInetAddresses().hasMoreElements()) {
        return each;
      }
    }
    return NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"));
  }

  private static boolean sent(MulticastSocket client, DatagramPacket packet) {
    try {
      client.send(packet);
      return true;
    } catch (IOException unreachable) {
      System.out.println("skipped " + packet.getSocketAddress() + ": " + unreachable.getMessage());
      return false;
    }
  }

  private static UdpConfig config() {
    return UdpConfig.at(new InetSocketAddress(0))
        .withThreads(new UdpConfig.Threads("udp-test", true, false));
  }

  private static UdpEndpoint start(UdpConfig config) {
    return UdpEndpoint.start(config, Echo::new, EventSink.NONE);
  }

  private static Bytes exchange(InetAddress host, UdpEndpoint endpoint, Bytes... datagrams)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(5000);
      for (Bytes datagram : datagrams) {
        socket.send(packet(datagram, new InetSocketAddress(host, endpoint.address().getPort())));
      }
      DatagramPacket answer = new DatagramPacket(new byte[65536], 65536);
      socket.receive(answer);
      return Bytes.copyOf(answer.getData(), 0, answer.getLength());
    }
  }

  private static DatagramPacket packet(Bytes content, InetSocketAddress to) {
    return new DatagramPacket(content.toArray(), content.length(), to);
  }

  /** Answers with what it got, marked by how it came. */
  private static final class Echo implements DatagramProtocol {
    private final CompletableFuture<Peer> failed = new CompletableFuture<>();
    private final Queue<Datagram> out = new ArrayDeque<>();

    Echo(LoopGate gate) {
      assertThat(gate.isOwner()).isFalse();
    }

    void send(Peer to, Bytes datagram) {
      out.add(new Datagram(to, datagram));
    }

    @Override
    public void onDatagram(Peer from, Bytes datagram, boolean multicast, long nowNanos) {
      if (datagram.equals(FAULT)) {
        throw new IllegalStateException("planted");
      }
      send(from, Bytes.utf8(multicast ? "m:" : "u:").plus(datagram));
    }

    @Override
    public void onSendFailed(Peer to, Bytes datagram, long nowNanos) {
      failed.complete(to);
    }

    @Override
    public void onTimeout(long nowNanos) {}

    @Override
    public long nextTimeoutNanos() {
      return Long.MAX_VALUE;
    }

    @Override
    public void drainTo(Outgoing to) {
      for (Datagram next = out.poll(); next != null; next = out.poll()) {
        to.send(next.to(), next.content());
      }
    }

    @Override
    public void close(long nowNanos) {
      out.clear();
    }
  }

  private record Datagram(Peer to, Bytes content) {}

  /** Wants to be woken a millisecond after each wake-up. */
  private static final class Ticking implements DatagramProtocol {
    private final CountDownLatch woken;
    private long nextNanos = Long.MAX_VALUE;

    Ticking(CountDownLatch woken) {
      this.woken = woken;
    }

    @Override
    public void onDatagram(Peer from, Bytes datagram, boolean multicast, long nowNanos) {}

    @Override
    public void onSendFailed(Peer to, Bytes datagram, long nowNanos) {}

    @Override
    public void onTimeout(long nowNanos) {
      if (nextNanos == Long.MAX_VALUE || nowNanos >= nextNanos) {
        woken.countDown();
        nextNanos = nowNanos + 1_000_000;
      }
    }

    @Override
    public long nextTimeoutNanos() {
      return nextNanos;
    }

    @Override
    public void drainTo(Outgoing to) {}

    @Override
    public void close(long nowNanos) {}
  }
}
