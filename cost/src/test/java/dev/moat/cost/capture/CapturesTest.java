package dev.moat.cost.capture;

import static dev.moat.cost.capture.Packets.LOCK;
import static dev.moat.cost.capture.Packets.LOCK6;
import static dev.moat.cost.capture.Packets.PHONE;
import static dev.moat.cost.capture.Packets.PHONE6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.cost.capture.CapturedDatagram.Carrier;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound captures, of every kind that is read. */
@Tag("LK-101")
class CapturesTest {
  private static final Bytes PING = Bytes.utf8("a payload");
  private static final CapturedDatagram SEEN =
      new CapturedDatagram(1, PHONE, LOCK, Carrier.UDP, 0, PING);
  private static final CapturedDatagram SEEN6 =
      new CapturedDatagram(1, PHONE6, LOCK6, Carrier.UDP, 0, PING);

  @ParameterizedTest
  @CsvSource({
    "LITTLE_ENDIAN, a1b2c3d4", "BIG_ENDIAN, a1b2c3d4",
    "LITTLE_ENDIAN, a1b23c4d", "BIG_ENDIAN, a1b23c4d"
  })
  void readsPcapInEitherOrderAndResolution(String order, String magic) throws Exception {
    ByteOrder octets = order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    CaptureMaker maker = CaptureMaker.pcap(octets, Integer.parseUnsignedInt(magic, 16), 101);
    Capture capture = maker.record(Packets.ipv4Udp(PING)).record(Packets.ipv6Udp(PING)).read();
    assertThat(capture.datagrams())
        .containsExactly(SEEN, new CapturedDatagram(2, PHONE6, LOCK6, Carrier.UDP, 0, PING));
    assertThat(capture.skipped()).isEmpty();
  }

  @Test
  void anEmptyCaptureHoldsNothing() throws Exception {
    assertThat(CaptureMaker.pcap(1).read()).isEqualTo(new Capture(List.of(), Map.of()));
  }

  @Test
  void theLengthOfFrameCheckSequencesIsNoPartOfTheLinkType() throws Exception {
    CaptureMaker maker = CaptureMaker.pcap(0x24000001);
    Bytes frame = Packets.ethernet(0x0800, Packets.ipv4Udp(PING)).plus(Bytes.of(1, 2, 3, 4));
    assertThat(maker.record(frame).read().datagrams()).containsExactly(SEEN);
  }

  @Nested
  class PcapNg {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsEveryKindOfPacketBlock(boolean big) throws Exception {
      ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      Bytes packet = Packets.ipv4Udp(PING);
      Capture capture =
          CaptureMaker.pcapNg(order)
              .describe(101, 0)
              .enhanced(0, packet)
              .simple(packet, packet.length())
              .obsolete(0, packet)
              .read();
      assertThat(capture.datagrams()).extracting(CapturedDatagram::number).containsExactly(1, 2, 3);
      assertThat(capture.datagrams()).extracting(CapturedDatagram::payload).containsOnly(PING);
    }

    @Test
    void everySectionHasItsOrderAndEveryInterfaceItsLinkType() throws Exception {
      Bytes packet = Packets.ipv4Udp(PING);
      Capture capture =
          CaptureMaker.pcapNg(ByteOrder.LITTLE_ENDIAN)
              .describe(1, 0)
              .describe(101, 65_535)
              .enhanced(1, packet)
              .enhanced(0, Packets.ethernet(0x0800, packet))
              .section(ByteOrder.BIG_ENDIAN)
              .describe(228, 0)
              .enhanced(0, packet)
              .read();
      assertThat(capture.datagrams()).extracting(CapturedDatagram::payload).hasSize(3);
      assertThat(capture.datagrams()).extracting(CapturedDatagram::payload).containsOnly(PING);
    }

    @Test
    void passesOverBlocksItDoesNotKnow() throws Exception {
      Capture capture =
          CaptureMaker.pcapNg(ByteOrder.LITTLE_ENDIAN)
              .block(5, Packets.zeros(20))
              .describe(101, 0)
              .block(0x0bad, Packets.zeros(40_000))
              .block(0x80000001, Bytes.empty())
              .enhanced(0, Packets.ipv4Udp(PING))
              .read();
      assertThat(capture.datagrams()).containsExactly(SEEN);
    }
  }

  @Nested
  class LinkLayers {
    @ParameterizedTest
    @ValueSource(ints = {0x8100, 0x88a8, 0x9100})
    void ethernetWithVlanTags(int tag) throws Exception {
      Bytes packet = Packets.ipv6Udp(PING);
      Bytes tagged = Packets.u16(7).plus(Packets.u16(0x86dd)).plus(packet);
      Bytes twice = Packets.u16(9).plus(Packets.u16(tag)).plus(tagged);
      CaptureMaker maker = CaptureMaker.pcap(1);
      maker.record(Packets.ethernet(0x86dd, packet));
      maker.record(Packets.ethernet(tag, tagged)).record(Packets.ethernet(tag, twice));
      assertThat(maker.read().datagrams())
          .extracting(CapturedDatagram::payload)
          .containsExactly(PING, PING, PING);
    }

    @Test
    void ethernetPaddingIsNoPayload() throws Exception {
      Bytes frame = Packets.ethernet(0x0800, Packets.ipv4Udp(PING)).plus(Packets.zeros(9));
      assertThat(CaptureMaker.pcap(1).record(frame).read().datagrams()).containsExactly(SEEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 14, 101, 229})
    void rawIp(int linkType) throws Exception {
      Capture capture = CaptureMaker.pcap(linkType).record(Packets.ipv6Udp(PING)).read();
      assertThat(capture.datagrams()).containsExactly(SEEN6);
    }

    @ParameterizedTest
    @CsvSource({
      "0, 02000000",
      "0, 00000002",
      "0, 1c000000",
      "0, 0000001e",
      "108, 00000018",
      "0, 0a000000"
    })
    void bsdLoopback(int linkType, String family) throws Exception {
      Bytes frame = Bytes.hex(family).plus(Packets.ipv4Udp(PING));
      assertThat(CaptureMaker.pcap(linkType).record(frame).read().datagrams())
          .containsExactly(SEEN);
    }

    @Test
    void linuxCooked() throws Exception {
      Bytes packet = Packets.ipv4Udp(PING);
      Bytes first = Packets.zeros(14).plus(Packets.u16(0x0800)).plus(packet);
      assertThat(CaptureMaker.pcap(113).record(first).read().datagrams()).containsExactly(SEEN);
      Bytes second = Packets.u16(0x0800).plus(Packets.zeros(18)).plus(packet);
      assertThat(CaptureMaker.pcap(276).record(second).read().datagrams()).containsExactly(SEEN);
      Bytes vlan = Packets.u16(0x8100).plus(Packets.zeros(20)).plus(Packets.u16(0x0800));
      assertThat(CaptureMaker.pcap(276).record(vlan.plus(packet)).read().datagrams())
          .containsExactly(SEEN);
    }

    @ParameterizedTest
    @CsvSource({
      "1, ''",
      "1, 00",
      "0, 020000",
      "0, ff000000",
      "108, 00000011",
      "113, 00",
      "276, 00"
    })
    void whatIsNoIpIsCounted(int linkType, String frame) throws Exception {
      Capture capture = CaptureMaker.pcap(linkType).record(Bytes.hex(frame)).read();
      assertThat(capture.datagrams()).isEmpty();
      assertThat(capture.skipped()).containsExactly(Map.entry(Skip.NOT_IP, 1));
    }

    @Test
    void moreVlanTagsThanAnyoneNestsAreNoIp() throws Exception {
      Bytes tags = Packets.zeros(12);
      for (int i = 0; i < 6; i++) {
        tags = tags.plus(Packets.u16(0x8100)).plus(Packets.u16(i));
      }
      Bytes frame = tags.plus(Packets.u16(0x0800)).plus(Packets.ipv4Udp(PING));
      assertThat(CaptureMaker.pcap(1).record(frame).read().skipped())
          .containsExactly(Map.entry(Skip.NOT_IP, 1));
    }
  }

  @Nested
  class Ip {
    @Test
    void optionsOfVersion4ArePassedOver() throws Exception {
      Bytes packet = Packets.ipv4WithOptions(PHONE, LOCK, 3, Packets.udp(PHONE, LOCK, PING));
      assertThat(read(packet).datagrams()).containsExactly(SEEN);
    }

    @Test
    void extensionHeadersOfVersion6ArePassedOver() throws Exception {
      Bytes udp = Packets.udp(PHONE6, LOCK6, PING);
      Bytes authentication = Bytes.of(17, 4).plus(Packets.zeros(22)).plus(udp);
      Bytes destination = Bytes.of(51, 1).plus(Packets.zeros(14)).plus(authentication);
      Bytes hopByHop = Bytes.of(60, 0).plus(Packets.zeros(6)).plus(destination);
      assertThat(read(Packets.ipv6(PHONE6, LOCK6, 0, hopByHop)).datagrams()).containsExactly(SEEN6);
    }

    @Test
    void fragmentsOfVersion4ArePutTogetherInAnyOrder() throws Exception {
      Bytes payload = Packets.zeros(40);
      Bytes udp = Packets.udp(PHONE, LOCK, payload);
      Bytes first = Packets.ipv4(PHONE, LOCK, 17, 0x2000, udp.slice(0, 16));
      Bytes second = Packets.ipv4(PHONE, LOCK, 17, 0x2002, udp.slice(16, 32));
      Bytes last = Packets.ipv4(PHONE, LOCK, 17, 0x0004, udp.slice(32, 48));
      for (List<Bytes> order :
          List.of(List.of(first, second, last), List.of(last, first, first, second))) {
        Capture capture = read(order.toArray(Bytes[]::new));
        assertThat(capture.datagrams()).extracting(CapturedDatagram::payload).containsOnly(payload);
        assertThat(capture.datagrams()).hasSize(1);
        assertThat(capture.skipped()).isEmpty();
      }
    }

    @Test
    void fragmentsOfVersion6ArePutTogether() throws Exception {
      Bytes udp = Packets.udp(PHONE6, LOCK6, Packets.zeros(40));
      Bytes first = Bytes.hex("1100000100000007").plus(udp.slice(0, 32));
      Bytes last = Bytes.hex("1100002000000007").plus(udp.slice(32, 48));
      Capture capture =
          read(Packets.ipv6(PHONE6, LOCK6, 44, first), Packets.ipv6(PHONE6, LOCK6, 44, last));
      assertThat(capture.datagrams())
          .extracting(CapturedDatagram::payload)
          .containsExactly(Packets.zeros(40));
    }

    @Test
    void anAtomicFragmentIsWhole() throws Exception {
      Bytes udp = Packets.udp(PHONE6, LOCK6, PING);
      Bytes atomic = Bytes.hex("1100000000000007").plus(udp);
      assertThat(read(Packets.ipv6(PHONE6, LOCK6, 44, atomic)).datagrams()).containsExactly(SEEN6);
      Bytes nested = Bytes.hex("2c00000000000007").plus(atomic);
      assertThat(read(Packets.ipv6(PHONE6, LOCK6, 44, nested)).skipped())
          .containsExactly(Map.entry(Skip.MALFORMED, 1));
    }

    @Test
    void fragmentsThatStayIncompleteOrOverlapAreCounted() throws Exception {
      Bytes udp = Packets.udp(PHONE, LOCK, Packets.zeros(40));
      Bytes first = Packets.ipv4(PHONE, LOCK, 17, 0x2000, udp.slice(0, 24));
      assertThat(read(first).skipped()).containsExactly(Map.entry(Skip.FRAGMENT, 1));
      Bytes overlapping = Packets.ipv4(PHONE, LOCK, 17, 0x0002, udp.slice(16, 48));
      assertThat(read(first, overlapping).skipped()).containsExactly(Map.entry(Skip.FRAGMENT, 2));
      Bytes beyond = Packets.ipv4(PHONE, LOCK, 17, 0x1fff, udp);
      assertThat(read(beyond).skipped()).containsExactly(Map.entry(Skip.FRAGMENT, 1));
      Bytes lastTooEarly = Packets.ipv4(PHONE, LOCK, 17, 0x0001, udp.slice(8, 16));
      Bytes late = Packets.ipv4(PHONE, LOCK, 17, 0x2003, udp.slice(24, 32));
      assertThat(read(late, lastTooEarly).skipped()).containsExactly(Map.entry(Skip.FRAGMENT, 2));
    }

    @Test
    void onlySoManyDatagramsWaitForTheirParts() throws Exception {
      CaptureMaker maker = CaptureMaker.pcap(101);
      for (int i = 0; i <= Fragments.MAX_PENDING; i++) {
        Endpoint from = new Endpoint(Bytes.of(10, 0, 0, i), 1);
        maker.record(Packets.ipv4(from, LOCK, 17, 0x2000, Packets.udp(from, LOCK, PING)));
      }
      assertThat(maker.read().skipped())
          .containsExactly(Map.entry(Skip.FRAGMENT, Fragments.MAX_PENDING + 1));
    }

    @Test
    void aLengthOfZeroMeansAllThatIsThere() throws Exception {
      byte[] large = Packets.ipv4Udp(PING).toArray();
      large[2] = 0;
      large[3] = 0;
      assertThat(read(Bytes.copyOf(large)).datagrams()).containsExactly(SEEN);
    }
  }

  @Test
  void tcpSegmentsCarryWhatStandsBehindTheirOptions() throws Exception {
    Bytes segment = Packets.tcp(PHONE, LOCK, 0xfffffffeL, PING);
    Bytes acknowledgement = Packets.tcp(LOCK, PHONE, 7, Bytes.empty());
    Capture capture =
        read(Packets.ipv4(PHONE, LOCK, 6, segment), Packets.ipv4(LOCK, PHONE, 6, acknowledgement));
    assertThat(capture.datagrams())
        .containsExactly(new CapturedDatagram(1, PHONE, LOCK, Carrier.TCP, 0xfffffffeL, PING));
    assertThat(capture.skipped()).containsExactly(Map.entry(Skip.WITHOUT_PAYLOAD, 1));
  }

  @Test
  void segmentsThatANetworkCardJoinedAreCounted() throws Exception {
    Bytes joined = Packets.tcp(PHONE6, LOCK6, 1, Packets.zeros(65_508));
    byte[] packet = Packets.ipv6(PHONE6, LOCK6, 6, joined).toArray();
    packet[4] = 0;
    packet[5] = 0;
    assertThat(read(Bytes.copyOf(packet)).skipped()).containsExactly(Map.entry(Skip.TOO_LONG, 1));
  }

  @Test
  void whatCarriesNoDatagramIsCounted() throws Exception {
    Bytes shortUdp = Bytes.of(0, 1, 0, 2, 0, 4, 0, 0);
    Bytes longUdp = Bytes.of(0, 1, 0, 2, 0, 99, 0, 0, 1);
    byte[] shortHeader = Packets.ipv4Udp(PING).toArray();
    shortHeader[0] = 0x44;
    Capture capture =
        read(
            Packets.ipv4(PHONE, LOCK, 1, PING),
            Packets.ipv6(PHONE6, LOCK6, 59, Bytes.empty()),
            Packets.ipv4(PHONE, LOCK, 17, shortUdp),
            Packets.ipv4(PHONE, LOCK, 17, longUdp),
            Packets.ipv4(PHONE, LOCK, 6, Packets.zeros(20)),
            Packets.ipv4Udp(PING).slice(0, 30),
            Bytes.copyOf(shortHeader));
    assertThat(capture.datagrams()).isEmpty();
    assertThat(capture.skipped())
        .containsOnly(Map.entry(Skip.NOT_UDP_OR_TCP, 2), Map.entry(Skip.MALFORMED, 5));
  }

  @Test
  void endpointsReadAsInUris() {
    assertThat(LOCK).hasToString("192.0.2.2:5683");
    assertThat(LOCK6).hasToString("[2001:db8:0:0:0:0:0:2]:5683");
    assertThat(PHONE).isLessThan(LOCK);
    assertThat(new Endpoint(PHONE.address(), 1)).isLessThan(PHONE);
  }

  private static Capture read(Bytes... packets) throws CaptureException {
    CaptureMaker maker = CaptureMaker.pcap(101);
    for (Bytes packet : packets) {
      maker.record(packet);
    }
    return maker.read();
  }
}
