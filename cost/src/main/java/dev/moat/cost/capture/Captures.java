package dev.moat.cost.capture;

import dev.moat.bytes.Bytes;
import dev.moat.cost.capture.CaptureException.Reason;
import dev.moat.radio.Message;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads captures: pcap in both byte orders with times in microseconds or nanoseconds, and pcapng.
 *
 * <p>Limits: files of 1 GiB, packets of 262,144 octets, 100,000 datagrams or segments with 64 MiB
 * together. The file is read once, forward; only the datagrams are kept.
 */
public final class Captures {
  private static final long GZIP = 0x1f8b;
  private static final long MODIFIED_PCAP = 0xa1b2cd34L;
  private static final long MODIFIED_PCAP_SWAPPED = 0x34cdb2a1L;

  private final IpLayer ip = new IpLayer();
  private final List<CapturedDatagram> datagrams = new ArrayList<>();
  private final Map<Skip, Integer> skipped = new EnumMap<>(Skip.class);
  private long octets;

  private Captures() {}

  /**
   * The datagrams and segments of a file, in its order.
   *
   * @throws CaptureException when the file cannot be read, is no capture, ends too early, holds
   *     packets cut short, or is beyond the limits
   */
  public static List<CapturedDatagram> read(Path file) throws CaptureException {
    return readAll(file).datagrams();
  }

  /** As {@link #read(Path)}, with the number of packets that gave none. */
  public static Capture readAll(Path file) throws CaptureException {
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
      return readAll(stream);
    } catch (NoSuchFileException e) {
      throw new CaptureException(new IOException("there is no such file", e));
    } catch (IOException e) {
      throw new CaptureException(e);
    }
  }

  /** As {@link #readAll(Path)}, from a stream, which is left open. */
  public static Capture readAll(InputStream stream) throws CaptureException {
    Captures reading = new Captures();
    CaptureInput input = new CaptureInput(stream, Limits.FILE_OCTETS);
    String place = "the magic number at octet 0";
    long magic = input.u32(input.octets(place, 4), 0);
    if (magic == PcapNgFormat.SECTION_HEADER) {
      PcapNgFormat.read(input, reading::take);
    } else if (PcapFormat.begins(magic)) {
      PcapFormat.read(magic, input, reading::take);
    } else {
      throw new CaptureException(Reason.NOT_A_CAPTURE, place, notACapture(magic));
    }
    return reading.capture();
  }

  private static String notACapture(long magic) {
    if (magic >> 16 == GZIP) {
      return "the file is compressed; gunzip it first";
    }
    if (magic == MODIFIED_PCAP || magic == MODIFIED_PCAP_SWAPPED) {
      return "a modified pcap of old; convert it with: editcap OLD NEW";
    }
    return "0x" + String.format("%08x", magic) + " begins neither pcap nor pcapng";
  }

  private Capture capture() {
    int lost = ip.lostFragments();
    if (lost > 0) {
      skipped.put(Skip.FRAGMENT, lost);
    }
    return new Capture(datagrams, skipped);
  }

  private void take(Frame frame) throws CaptureException {
    Optional<Bytes> packet = LinkLayer.ipPacket(frame);
    if (packet.isEmpty()) {
      skip(Skip.NOT_IP);
      return;
    }
    Optional<IpPacket> datagram;
    try {
      datagram = ip.datagram(packet.get());
    } catch (IndexOutOfBoundsException malformed) {
      // What an IP header announces is not there; the capture itself is sound.
      skip(Skip.MALFORMED);
      return;
    }
    if (datagram.isPresent()) {
      carried(frame, datagram.get());
    }
  }

  private void carried(Frame frame, IpPacket packet) throws CaptureException {
    if (!TransportLayer.knows(packet)) {
      skip(Skip.NOT_UDP_OR_TCP);
      return;
    }
    CapturedDatagram datagram;
    try {
      datagram = TransportLayer.datagram(frame.number(), packet);
    } catch (IndexOutOfBoundsException malformed) {
      skip(Skip.MALFORMED);
      return;
    }
    if (datagram.payload().isEmpty()) {
      skip(Skip.WITHOUT_PAYLOAD);
    } else if (datagram.payload().length() > Message.MAX_OCTETS) {
      skip(Skip.TOO_LONG);
    } else {
      keep(frame, datagram);
    }
  }

  private void keep(Frame frame, CapturedDatagram datagram) throws CaptureException {
    octets += datagram.payload().length();
    if (datagrams.size() == Limits.DATAGRAMS || octets > Limits.DATAGRAM_OCTETS) {
      throw new CaptureException(
          Reason.TOO_LARGE,
          frame.place(),
          "more than "
              + Limits.DATAGRAMS
              + " datagrams or "
              + Limits.DATAGRAM_OCTETS
              + " octets of them; filter first: tcpdump -r FILE -w SMALLER udp port 5683");
    }
    Bytes own = datagram.payload().compact(); // the frame itself is not kept
    datagrams.add(
        new CapturedDatagram(
            datagram.number(),
            datagram.from(),
            datagram.to(),
            datagram.carrier(),
            datagram.sequence(),
            own));
  }

  private void skip(Skip why) {
    int unused = skipped.merge(why, 1, Integer::sum);
  }
}
