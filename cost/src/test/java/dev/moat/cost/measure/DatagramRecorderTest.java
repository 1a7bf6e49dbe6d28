package dev.moat.cost.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DatagramRecorderTest {
  private static final int PATIENCE_MILLIS = 5_000;

  private static DatagramSocket socket() throws IOException {
    DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static InetSocketAddress address(DatagramSocket socket) {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private static void send(DatagramSocket from, InetSocketAddress to, String words)
      throws IOException {
    byte[] octets = Bytes.utf8(words).toArray();
    from.send(new DatagramPacket(octets, octets.length, to));
  }

  private static DatagramPacket receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    socket.receive(packet);
    return packet;
  }

  private static String words(DatagramPacket packet) {
    return Bytes.copyOf(packet.getData(), 0, packet.getLength()).toUtf8();
  }

  private static InetSocketAddress sender(DatagramPacket packet) {
    return (InetSocketAddress) packet.getSocketAddress();
  }

  @Test
  void passesOnAndKeepsBothWays() throws IOException {
    try (DatagramSocket server = socket();
        DatagramSocket client = socket();
        DatagramRecorder recorder = new DatagramRecorder(address(server))) {
      RecordedPath path = recorder.path();
      send(client, path.address(), "question");
      DatagramPacket arrived = receive(server);
      assertThat(words(arrived)).isEqualTo("question");
      send(server, sender(arrived), "answer");
      DatagramPacket answer = receive(client);
      assertThat(words(answer)).isEqualTo("answer");
      assertThat(sender(answer)).isEqualTo(path.address());
      assertThat(path.recorded())
          .extracting(RecordedDatagram::toServer)
          .containsExactly(true, false);
      assertThat(path.recorded())
          .extracting(datagram -> datagram.octets().toUtf8())
          .containsExactly("question", "answer");
      assertThat(path.recorded().get(1).nanos() - path.recorded().get(0).nanos()).isPositive();
    }
  }

  @Test
  void keepsEachPathApart() throws IOException {
    try (DatagramSocket server = socket();
        DatagramSocket client = socket();
        DatagramRecorder recorder = new DatagramRecorder(address(server))) {
      RecordedPath one = recorder.path();
      RecordedPath other = recorder.path();
      send(client, one.address(), "one");
      InetSocketAddress back = sender(receive(server));
      send(client, other.address(), "other");
      assertThat(sender(receive(server))).isNotEqualTo(back);
      assertThat(one.recorded()).hasSize(1);
      assertThat(other.recorded()).hasSize(1);
    }
  }

  @Test
  void takesNothingFromStrangers() throws IOException {
    try (DatagramSocket server = socket();
        DatagramSocket client = socket();
        DatagramSocket stranger = socket();
        DatagramRecorder recorder = new DatagramRecorder(address(server))) {
      RecordedPath path = recorder.path();
      send(client, path.address(), "first");
      InetSocketAddress back = sender(receive(server));
      send(stranger, path.address(), "of a stranger");
      send(stranger, back, "of a stranger");
      send(client, path.address(), "second");
      assertThat(words(receive(server))).isEqualTo("second");
      assertThat(path.recorded()).hasSize(2);
    }
  }

  @Test
  void endsCleanlyAndKeepsItsRecord() throws IOException {
    try (DatagramSocket server = socket();
        DatagramSocket client = socket()) {
      RecordedPath path;
      try (DatagramRecorder recorder = new DatagramRecorder(address(server))) {
        path = recorder.path();
        send(client, path.address(), "question");
        assertThat(words(receive(server))).isEqualTo("question");
      }
      assertThat(path.recorded()).hasSize(1);
      // The port is free again, and nobody listens there.
      try (DatagramSocket reused = new DatagramSocket(path.address())) {
        reused.setSoTimeout(1);
        assertThatThrownBy(() -> receive(reused)).isInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  @Test
  void saysWhenItCouldNotKeepAll() throws IOException {
    try (DatagramSocket server = socket();
        DatagramSocket client = socket();
        DatagramRecorder recorder = new DatagramRecorder(address(server))) {
      RecordedPath path = recorder.path();
      for (int i = 0; i <= DatagramRecorder.MAX_DATAGRAMS; i++) {
        send(client, path.address(), "question");
        assertThat(words(receive(server))).isEqualTo("question");
      }
      assertThatThrownBy(path::recorded)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("more than 1024 datagrams");
    }
  }

  @Test
  void recordsOnTheLoopbackInterfaceOnly() {
    InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.1", 5683);
    assertThatThrownBy(() -> new DatagramRecorder(elsewhere))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("loopback");
  }
}
