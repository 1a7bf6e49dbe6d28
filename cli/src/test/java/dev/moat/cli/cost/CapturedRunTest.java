package dev.moat.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.bytes.Bytes;
import dev.moat.cli.CommandRun;
import dev.moat.cli.serve.ServerInBackground;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.cost.capture.Captures;
import dev.moat.cost.conversation.CaptureView;
import dev.moat.cost.conversation.CapturedExchanges;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.measure.DatagramRecorder;
import dev.moat.cost.measure.RecordedPath;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run of {@code moat edhoc run} that was captured costs what it printed: the same messages, octet
 * by octet.
 */
@Tag("LK-101")
@Timeout(120)
class CapturedRunTest {
  private static final Pattern PRINTED = Pattern.compile("(message_[1-4]), (\\d+) octets");

  @TempDir static Path folder;

  @BeforeAll
  static void makeCredentials() {
    for (String name : List.of("lock", "phone")) {
      CommandRun run = CommandRun.of("keygen", name, "--out", file(name + ".json"));
      assertThat(run.status()).as(run.err()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "reverse"})
  void aCaptureOfARunHasTheOctetsThatTheRunPrinted(String flow) throws Exception {
    String lock = file("lock.json");
    String phone = file("phone.json");
    Path capture = folder.resolve(flow + ".pcap");
    CommandRun run;
    try (ServerInBackground server =
            ServerInBackground.start(
                "--edhoc", lock, "--edhoc", file("phone.pub.json"), "--reverse");
        DatagramRecorder recorder = new DatagramRecorder(address(server))) {
      RecordedPath path = recorder.path();
      String uri = "coap://127.0.0.1:" + path.address().getPort() + "/helloWorld";
      run =
          CommandRun.of(
              "edhoc",
              "run",
              uri,
              "--credentials",
              phone,
              "--credentials",
              file("lock.pub.json"),
              "--edhoc-flow",
              flow,
              "--json");
      assertThat(run.status()).as(run.err()).isZero();
      Path unused = PcapFile.write(capture, path.recorded());
    }
    List<Bytes> printed = octets(run);
    assertThat(printed).extracting(Bytes::length).containsExactly(37, 45, 19);
    assertThat(captured(capture)).isEqualTo(printed);
    assertThat(sizes(capture)).containsExactly("message_1 37", "message_2 45", "message_3 19");
  }

  @Test
  void soHasOneThatTcpdumpMade() throws Exception {
    Path capture = copied("edhoc-run.pcap");
    String printed = Files.readString(copied("edhoc-run.txt"));
    List<String> sizes = new ArrayList<>();
    Matcher lines = PRINTED.matcher(printed);
    while (lines.find()) {
      sizes.add(lines.group(1) + " " + lines.group(2));
    }
    assertThat(sizes).hasSize(3);
    assertThat(sizes(capture)).isEqualTo(sizes);
    String digits = printed.replaceAll("(?m)^\\d+ +([0-9a-f]+).*$|^.*$", "$1").replace("\n", "");
    StringBuilder octets = new StringBuilder();
    captured(capture).forEach(message -> octets.append(message.toHex()));
    assertThat(octets).hasToString(digits);
  }

  /** The octets of each message, out of the fields that the run printed. */
  private static List<Bytes> octets(CommandRun run) throws Exception {
    List<Bytes> messages = new ArrayList<>();
    for (JsonNode message : new ObjectMapper().readTree(run.out()).path("messages")) {
      StringBuilder hex = new StringBuilder();
      message.path("fields").forEach(field -> hex.append(field.path("octets").asText()));
      messages.add(Bytes.hex(hex.toString()));
    }
    return messages;
  }

  /** The EDHOC messages of a capture: the end of the payload of those that have one. */
  private static List<Bytes> captured(Path capture) throws Exception {
    List<Bytes> messages = new ArrayList<>();
    var exchanges = CapturedExchanges.of(Captures.read(capture), CaptureView.of("a test"));
    for (ExchangeMessage one : exchanges.get(0).exchange().messages()) {
      if (one.messageOctets() > 0) {
        Bytes payload = UdpCodec.decode(one.datagram().orElseThrow()).payload();
        messages.add(payload.slice(payload.length() - one.messageOctets(), payload.length()));
      }
    }
    return messages;
  }

  /** What {@code moat cost} says of the messages that have octets of EDHOC. */
  private static List<String> sizes(Path capture) throws Exception {
    CommandRun cost = CommandRun.of("cost", "--pcap", capture.toString(), "--json");
    assertThat(cost.status()).as(cost.err()).isZero();
    List<String> sizes = new ArrayList<>();
    for (JsonNode message : new ObjectMapper().readTree(cost.out()).path("messages")) {
      if (message.path("messageOctets").asInt() > 0) {
        sizes.add(message.path("message").asText() + " " + message.path("messageOctets").asInt());
      }
    }
    return sizes;
  }

  private static Path copied(String resource) throws Exception {
    try (var stream =
        Objects.requireNonNull(
            CapturedRunTest.class.getResourceAsStream("/cost/" + resource), resource)) {
      return Files.write(folder.resolve(resource), stream.readAllBytes());
    }
  }

  private static InetSocketAddress address(ServerInBackground server) {
    return new InetSocketAddress("127.0.0.1", URI.create(server.uri("")).getPort());
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }
}
