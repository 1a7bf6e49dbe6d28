package dev.moat.cli.oscore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.cli.CommandRun;
import dev.moat.cli.serve.ServerInBackground;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code rfc8613_b_2,bool,true} (RFC 8613, Appendix B.2) in {@code -E}, over loopback. */
@Timeout(120)
class DerivedContextsTest {
  private static final String SECRET = "master_secret,hex,\"0102030405060708090a0b0c0d0e0f10\"";
  private static final String SALT = "master_salt,hex,9e7ca92223786340";
  private static final String DERIVE = "rfc8613_b_2,bool,true";
  private static final String DO_NOT = "rfc8613_b_2,bool,false";

  @TempDir Path folder;

  @Test
  void clientAndServerMayForgetEverythingAndGoOn() throws IOException {
    String client = client(DERIVE);
    String conf = server(DERIVE);
    try (ServerInBackground server = ServerInBackground.start("-E", conf)) {
      String lock = server.uri("/lock");
      CommandRun put = CommandRun.of("put", "-E", client, "-e", "unlocked", lock);
      assertThat(put.err()).contains("2.04");
      assertThat(put.status()).isZero();
      // A client that starts again has no sequence number left, nor a key that one belonged to.
      assertThat(CommandRun.of("get", "-E", client, lock).out()).contains("unlocked");
      assertThat(CommandRun.of("put", "-e", "locked", lock).err()).contains("4.01");
      assertThat(server.ready()).contains("OSCORE with 1 peer").contains("protected requests only");
    }
    try (ServerInBackground server = ServerInBackground.start("-E", conf)) {
      String lock = server.uri("/lock");
      CommandRun put = CommandRun.of("put", "-E", client, "-e", "unlocked", lock);
      assertThat(put.status()).as(put.err()).isZero();
      assertThat(CommandRun.of("get", "-E", client, lock).out()).contains("unlocked");
      assertThat(server.log()).doesNotContain("challenged by Echo");
    }
    assertThat(files()).containsExactlyInAnyOrder("client.conf", "server.conf");
  }

  @Test
  void blocksObservationsAndDiscoveryAreProtectedByADerivedContext() {
    String client = client(DERIVE);
    try (ServerInBackground server = ServerInBackground.start("-E", server(DERIVE))) {
      CommandRun large = CommandRun.of("get", "-E", client, server.uri("/large"));
      assertThat(large.out()).hasSize(65536);
      CommandRun clock = CommandRun.of("observe", "-E", client, "-s", "3", server.uri("/clock"));
      assertThat(clock.status()).as(clock.err()).isZero();
      assertThat(clock.out().lines().count()).isGreaterThan(1);
      CommandRun links = CommandRun.of("discover", "-E", client, server.uri(""));
      assertThat(links.out()).contains("/lock");
    }
  }

  @Test
  void everyRunHasOtherKeysAndEndsInTime() throws IOException {
    String client = client(DERIVE);
    assertThat(firstRequest(client)).isNotEqualTo(firstRequest(client));
  }

  /** What follows header and token of the first datagram: the random ID Context is in it. */
  private static String firstRequest(String client) throws IOException {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      long begin = System.nanoTime();
      String uri = "coap://127.0.0.1:" + silent.getLocalPort() + "/lock";
      CommandRun run = CommandRun.of("put", "-E", client, "-B", "1", "-e", "unlocked", uri);
      assertThat(run.err()).contains("no security context with").contains("not delivered");
      assertThat(run.status()).isEqualTo(1);
      assertThat(System.nanoTime() - begin).isLessThan(30_000_000_000L);
      byte[] buffer = new byte[1500];
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      silent.receive(packet);
      int head = 4 + (buffer[0] & 0x0f);
      String message = Bytes.copyOf(buffer, head, packet.getLength() - head).toHex();
      assertThat(message).contains(Bytes.utf8("client").toHex());
      return message;
    }
  }

  @Test
  void aClientAloneIsToldThatBothSidesMustDerive() {
    try (ServerInBackground server = ServerInBackground.start("-E", server(DO_NOT))) {
      CommandRun put =
          CommandRun.of("put", "-E", client(DERIVE), "-e", "unlocked", server.uri("/lock"));
      assertThat(put.status()).isEqualTo(1);
      assertThat(put.err())
          .contains("no security context with")
          .contains("not delivered")
          .contains("the same rfc8613_b_2");
      assertThat(CommandRun.of("get", "-E", client(DO_NOT), server.uri("/lock")).out())
          .contains("locked")
          .doesNotContain("unlocked");
    }
  }

  @Test
  void aServerAloneRefusesTheContextItself() {
    try (ServerInBackground server = ServerInBackground.start("-E", server(DERIVE))) {
      CommandRun put =
          CommandRun.of("put", "-E", client(DO_NOT), "-e", "unlocked", server.uri("/lock"));
      assertThat(put.status()).isEqualTo(1);
      assertThat(put.err())
          .contains("an unprotected error, which may be forged: 4.01")
          .contains("Security context not found")
          .contains("not the same rfc8613_b_2");
      assertThat(CommandRun.of("get", "-E", client(DERIVE), server.uri("/lock")).out())
          .contains("locked")
          .doesNotContain("unlocked");
    }
  }

  @Test
  void whatHasNoEffectBesideItIsSaid() {
    String client = write("client", "server", DERIVE, "id_context,hex,01");
    Path sequence = folder.resolve("client.seq");
    try (ServerInBackground server = ServerInBackground.start("-E", server(DERIVE))) {
      CommandRun get = CommandRun.of("get", "-E", client + "," + sequence, server.uri("/hello"));
      assertThat(get.status()).as(get.err()).isZero();
      assertThat(get.err()).contains("client.seq is not used").contains("id_context has no effect");
    }
    assertThat(sequence).doesNotExist();
    assertThat(CommandRun.of("oscore", "derive", "-E", client).err()).contains("by other keys");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }

  private String client(String keyword) {
    return write("client", "server", keyword);
  }

  private String server(String keyword) {
    return write("server", "client", keyword);
  }

  private String write(String self, String other, String... more) {
    List<String> lines =
        Stream.concat(
                Stream.of(
                    SECRET,
                    SALT,
                    "sender_id,ascii,\"" + self + "\"",
                    "recipient_id,ascii,\"" + other + "\""),
                Stream.of(more))
            .toList();
    return PrivateFiles.write(folder, self + ".conf", lines.toArray(String[]::new)).toString();
  }
}
