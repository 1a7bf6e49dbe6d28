package dev.moat.cli.cost;

import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.cost.measure.RecordedDatagram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes datagrams between two ports of the loopback address as tcpdump would: raw IP. */
final class PcapFile {
  private static final int RAW_IP = 101;
  private static final int CLIENT_PORT = 40_000;
  private static final Bytes LOOPBACK = Bytes.of(127, 0, 0, 1);

  private PcapFile() {}

  static Path write(Path file, List<RecordedDatagram> datagrams) throws IOException {
    ByteWriter writer = new ByteWriter(4096);
    writer.uint(0xa1b2c3d4L, 4).u16(2).u16(4).uint(0, 8).uint(262_144, 4).uint(RAW_IP, 4);
    for (RecordedDatagram one : datagrams) {
      Bytes packet = packet(one);
      writer.uint(0, 8).uint(packet.length(), 4).uint(packet.length(), 4).bytes(packet);
    }
    return Files.write(file, writer.toBytes().toArray());
  }

  private static Bytes packet(RecordedDatagram one) {
    int udpOctets = 8 + one.octets().length();
    return new ByteWriter(28)
        .u16(0x4500)
        .u16(20 + udpOctets)
        .uint(0, 4)
        .u8(64)
        .u8(17)
        .u16(0)
        .bytes(LOOPBACK)
        .bytes(LOOPBACK)
        .u16(one.toServer() ? CLIENT_PORT : 5683)
        .u16(one.toServer() ? 5683 : CLIENT_PORT)
        .u16(udpOctets)
        .u16(0)
        .bytes(one.octets())
        .toBytes();
  }
}
