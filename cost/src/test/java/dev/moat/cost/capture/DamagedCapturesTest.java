package dev.moat.cost.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.cost.capture.CaptureException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, with which words; and that nothing else is ever thrown. */
@Tag("LK-101")
class DamagedCapturesTest {
  private static final Bytes PACKET = Packets.ipv4Udp(Bytes.utf8("a payload"));
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final long SEED = 20_260_101;
  private static final int MUTATIONS = 4000;
  private static final Set<Reason> SEEN = EnumSet.noneOf(Reason.class);

  @Test
  void filesThatAreNoCaptures() {
    refused(Bytes.utf8("hello"), Reason.NOT_A_CAPTURE, "octet 0: 0x68656c6c begins neither");
    refused(Bytes.hex("1f8b0800"), Reason.NOT_A_CAPTURE, "gunzip");
    refused(Bytes.hex("34cdb2a1"), Reason.NOT_A_CAPTURE, "editcap");
    refused(Bytes.empty(), Reason.TRUNCATED, "octet 0: the file ends at octet 0, after 0 of 4");
    byte[] version = CaptureMaker.pcap(1).file().toArray();
    version[4] = 3;
    refused(Bytes.copyOf(version), Reason.NOT_A_CAPTURE, "version 3 of pcap;");
    byte[] section = CaptureMaker.pcapNg(LITTLE).file().toArray();
    section[12] = 2;
    refused(Bytes.copyOf(section), Reason.NOT_A_CAPTURE, "block 1 at octet 0: version 2 of pcapng");
    section[8] = 9;
    refused(Bytes.copyOf(section), Reason.NOT_A_CAPTURE, "without byte-order magic");
  }

  @Test
  void pcapThatEndsTooEarlyNamesTheRecord() {
    Bytes file = CaptureMaker.pcap(101).record(PACKET).record(PACKET).file();
    int second = 24 + 16 + PACKET.length();
    refused(
        file.slice(0, 10), Reason.TRUNCATED, "file header at octet 0: the file ends at octet 10");
    refused(
        file.slice(0, second + 5),
        Reason.TRUNCATED,
        "record 2 at octet "
            + second
            + ": the file ends at octet "
            + (second + 5)
            + ", after 5 of 16");
    refused(file.slice(0, file.length() - 1), Reason.TRUNCATED, "record 2 at octet " + second);
  }

  @Test
  void pcapNgThatEndsTooEarlyNamesTheBlock() {
    Bytes file = CaptureMaker.pcapNg(LITTLE).describe(101, 0).enhanced(0, PACKET).file();
    for (int length = 61; length < file.length(); length++) {
      refused(file.slice(0, length), Reason.TRUNCATED, "block 3 at octet 56: the file ends at");
    }
    Bytes unknown = CaptureMaker.pcapNg(LITTLE).block(77, Packets.zeros(9000)).file();
    refused(
        unknown.slice(0, 9000),
        Reason.TRUNCATED,
        "block 2 at octet 28: the file ends at octet 9000");
  }

  @Test
  void packetsCutShort() {
    refused(
        CaptureMaker.pcap(101).record(PACKET, 1500).file(),
        Reason.SNAPPED,
        "record 1 at octet 24: only 37 of the packet's 1500 octets were kept (snap length)");
    CaptureMaker described = CaptureMaker.pcapNg(LITTLE).describe(101, 37);
    refused(described.enhanced(0, PACKET, 99).file(), Reason.SNAPPED, "block 3 at octet 56");
    CaptureMaker again = CaptureMaker.pcapNg(LITTLE).describe(101, 37);
    refused(again.simple(PACKET, 99).file(), Reason.SNAPPED, "only 37 of the packet's 99");
  }

  @Test
  void lengthsThatCannotBe() {
    CaptureMaker long1 = CaptureMaker.pcap(101).u32(0).u32(0).u32(-1).u32(-1);
    refused(long1.file(), Reason.BAD_LENGTH, "a packet of 4294967295 octets; at most 262144");
    CaptureMaker odd = CaptureMaker.pcapNg(LITTLE).u32(6).u32(33);
    refused(odd.file(), Reason.BAD_LENGTH, "a block length of 33; a multiple of 4 from 12");
    CaptureMaker huge = CaptureMaker.pcapNg(LITTLE).u32(6).u32(0x7ffffff0);
    refused(huge.file(), Reason.BAD_LENGTH, "a block of 2147483632 octets; at most 1048576");
    CaptureMaker uneven = CaptureMaker.pcapNg(LITTLE).u32(77).u32(12).u32(16);
    refused(uneven.file(), Reason.BAD_LENGTH, "begins with length 12 and ends with 16");
    CaptureMaker bare = CaptureMaker.pcapNg(LITTLE).block(1, Packets.zeros(4));
    refused(bare.file(), Reason.BAD_LENGTH, "its content needs 8 octets, and the block has 4");
    CaptureMaker lean = CaptureMaker.pcapNg(LITTLE).describe(101, 0).simple(PACKET, 400);
    refused(lean.file(), Reason.BAD_LENGTH, "its content needs 404 octets, and the block has 44");
  }

  @Test
  void interfacesThatNobodyDescribed() {
    CaptureMaker maker = CaptureMaker.pcapNg(LITTLE).describe(101, 0).enhanced(1, PACKET);
    refused(maker.file(), Reason.UNKNOWN_INTERFACE, "interface 1, but the section describes 1");
    CaptureMaker next = CaptureMaker.pcapNg(LITTLE).describe(101, 0).section(LITTLE);
    refused(next.simple(PACKET, 37).file(), Reason.UNKNOWN_INTERFACE, "interface 0, but");
    CaptureMaker many = CaptureMaker.pcapNg(LITTLE);
    for (int i = 0; i <= Limits.INTERFACES; i++) {
      many.describe(101, 0);
    }
    refused(many.file(), Reason.TOO_LARGE, "more than 1024 interfaces");
  }

  @Test
  void linkTypesThatAreNotKnown() {
    for (int meshed : List.of(195, 215, 230, 283)) {
      refused(
          CaptureMaker.pcap(meshed).record(PACKET).file(),
          Reason.UNSUPPORTED_LINK_TYPE,
          "link type "
              + meshed
              + "; IEEE 802.15.4 is not parsed; give the sizes by hand (--octets");
    }
    refused(
        CaptureMaker.pcap(105).record(PACKET).file(),
        Reason.UNSUPPORTED_LINK_TYPE,
        "record 1 at octet 24: link type 105; known are Ethernet");
  }

  @Test
  void moreThanIsKept() {
    CaptureMaker maker = CaptureMaker.pcap(101);
    for (int i = 0; i <= Limits.DATAGRAMS; i++) {
      maker.record(PACKET);
    }
    refused(maker.file(), Reason.TOO_LARGE, "record 100001 at octet");
    InputStream endless = new Endless();
    assertThatThrownBy(() -> new CaptureInput(endless, 100_000).skip("a block", 200_000))
        .isInstanceOf(CaptureException.class)
        .hasMessage("a block: the file has more than 100000 octets");
  }

  @Test
  void filesThatCannotBeRead(@TempDir Path folder) throws Exception {
    Path none = folder.resolve("none.pcap");
    assertThatThrownBy(() -> Captures.read(none))
        .isInstanceOf(CaptureException.class)
        .hasMessage("cannot be read: there is no such file");
    assertThatThrownBy(() -> Captures.read(folder)).isInstanceOf(CaptureException.class);
    Path some = Files.write(none, CaptureMaker.pcap(101).record(PACKET).file().toArray());
    assertThat(Captures.read(some)).hasSize(1);
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    assertThatThrownBy(() -> Captures.readAll(broken))
        .hasMessage("cannot be read: the disk is gone")
        .extracting(thrown -> ((CaptureException) thrown).reason())
        .isEqualTo(Reason.UNREADABLE);
    boolean unused = SEEN.add(Reason.UNREADABLE);
  }

  @Test
  void damagedFilesThrowNothingElse() {
    Random random = new Random(SEED);
    List<Bytes> sound = List.of(pcap(), pcapNg());
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] file = mutated(sound.get(i % sound.size()).toArray(), random);
      try {
        Capture unused = CaptureMaker.read(Bytes.copyOf(file));
      } catch (CaptureException expected) {
        refused++;
        assertThat(expected).hasMessageMatching("(?s).+: .+").hasNoCause();
      } catch (RuntimeException other) {
        throw new AssertionError("mutation " + i + " of seed " + SEED, other);
      }
    }
    // The mutations hit what is checked, and leave some files readable.
    assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS - 100);
  }

  private static byte[] mutated(byte[] file, Random random) {
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(file.length);
      file[at] = random.nextBoolean() ? (byte) random.nextInt() : EDGES[random.nextInt(5)];
    }
    return random.nextInt(5) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file;
  }

  private static final byte[] EDGES = {0, 1, (byte) 0xff, 0x7f, (byte) 0x80};

  private static Bytes pcap() {
    Bytes udp = Packets.udp(Packets.PHONE, Packets.LOCK, Packets.zeros(24));
    return CaptureMaker.pcap(1)
        .record(Packets.ethernet(0x0800, PACKET))
        .record(Packets.ethernet(0x8100, Packets.u16(1).plus(Packets.u16(0x86dd)).plus(six())))
        .record(fragment(0x2000, udp.slice(0, 16)))
        .record(fragment(2, udp.slice(16, 32)))
        .file();
  }

  private static Bytes fragment(int flagsAndOffset, Bytes part) {
    return Packets.ethernet(
        0x0800, Packets.ipv4(Packets.PHONE, Packets.LOCK, 17, flagsAndOffset, part));
  }

  private static Bytes six() {
    Bytes segment = Packets.tcp(Packets.PHONE6, Packets.LOCK6, 1, Bytes.utf8("tls"));
    Bytes extended = Bytes.of(6, 0).plus(Packets.zeros(6)).plus(segment);
    return Packets.ipv6(Packets.PHONE6, Packets.LOCK6, 60, extended);
  }

  private static Bytes pcapNg() {
    return CaptureMaker.pcapNg(LITTLE)
        .describe(101, 0)
        .enhanced(0, PACKET)
        .block(5, Packets.zeros(8))
        .simple(six(), six().length())
        .section(ByteOrder.BIG_ENDIAN)
        .describe(276, 0)
        .enhanced(0, Packets.u16(0x0800).plus(Packets.zeros(18)).plus(PACKET))
        .obsolete(0, PACKET)
        .file();
  }

  private static void refused(Bytes file, Reason reason, String words) {
    assertThatThrownBy(() -> CaptureMaker.read(file))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining(words)
        .extracting(thrown -> ((CaptureException) thrown).reason())
        .isEqualTo(reason);
    boolean unused = SEEN.add(reason);
  }

  @AfterAll
  static void everyReasonWasReached() {
    assertThat(SEEN).containsExactlyInAnyOrder(Reason.values());
  }

  /** Zeros without end. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 0;
    }
  }
}
