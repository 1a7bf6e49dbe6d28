package dev.moat.cli.cost;

import dev.moat.cli.console.Failure;
import dev.moat.cost.capture.Capture;
import dev.moat.cost.capture.CaptureException;
import dev.moat.cost.capture.Captures;
import dev.moat.cost.conversation.CaptureView;
import dev.moat.cost.conversation.CapturedExchange;
import dev.moat.cost.conversation.CapturedExchanges;
import dev.moat.cost.conversation.Device;
import dev.moat.cost.exchange.RecordedExchange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which captures are costed, and how they are looked at; picocli fills it in. */
final class CaptureFlags {
  private static final String EDHOC_PATH = "/.well-known/edhoc";

  @Option(
      names = "--pcap",
      paramLabel = "FILE",
      description =
          "Cost the exchanges in this capture (pcap or pcapng: Ethernet, raw IP, loopback, Linux"
              + " cooked) instead of running any. May be repeated.")
  private List<Path> files = List.of();

  @Option(
      names = "--octets",
      paramLabel = "SIZES",
      description =
          "Cost messages of these sizes instead, as up:37,down:45,up:19, seen from the device. May"
              + " be repeated.")
  private List<String> octets = List.of();

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description =
          "With --pcap: where the EDHOC resource is; the default is /.well-known/edhoc. message_1"
              + " and EDHOC's content formats are recognised anywhere.")
  private @Nullable String path;

  @Option(
      names = "--device",
      paramLabel = "SIDE",
      description =
          "With --pcap: which side is the device, client (the default: who sends requests) or"
              + " server.")
  private @Nullable Device device;

  /** Created by picocli. */
  CaptureFlags() {}

  /**
   * Checks that nothing speaks of a capture where there is none.
   *
   * @throws IllegalArgumentException naming the options
   */
  void requireNone() {
    if (files.isEmpty() && (path != null || device != null)) {
      throw new IllegalArgumentException("--path and --device go with --pcap");
    }
  }

  /** True when captures or sizes are costed, and nothing is run. */
  boolean wanted() {
    return !files.isEmpty() || !octets.isEmpty();
  }

  /**
   * What is in the files and the sizes.
   *
   * @throws Failure when a file cannot be read, or holds nothing to cost
   * @throws IllegalArgumentException when sizes are not written as they should be
   */
  Found find() {
    requireNone();
    List<CapturedExchange> captured = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    int number = 0;
    for (Path file : files) {
      number++;
      Capture capture = read(file);
      capture.skipped().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(one -> notes.add(file + ": skipped " + one.getValue() + ", " + one.getKey()));
      captured.addAll(CapturedExchanges.of(capture.datagrams(), view(file, number)));
    }
    List<RecordedExchange> byHand = new ArrayList<>();
    for (String sizes : octets) {
      byHand.add(OctetsOption.read(byHand.size() + 1, sizes));
    }
    return new Found(captured, byHand, notes);
  }

  private CaptureView view(Path file, int number) {
    List<String> segments =
        Arrays.stream((path == null ? EDHOC_PATH : path).split("/"))
            .filter(segment -> !segment.isEmpty())
            .toList();
    String prefix = files.size() == 1 ? "captured" : "captured-" + number;
    Device seen = device == null ? Device.CLIENT : device;
    return new CaptureView(file.toString(), prefix, seen, segments);
  }

  private static Capture read(Path file) {
    Capture capture;
    try {
      capture = Captures.readAll(file);
    } catch (CaptureException e) {
      throw Failure.usage(file + ": " + e.getMessage(), advice(e));
    }
    if (capture.datagrams().isEmpty()) {
      throw Failure.usage(
          file + " holds no UDP datagram and no TCP segment with a payload",
          "Capture with tcpdump -w FILE udp port 5683, on the interface that carries them.");
    }
    return capture;
  }

  private static String advice(CaptureException e) {
    return switch (e.reason()) {
      case UNREADABLE -> "Give the path of a capture, pcap or pcapng.";
      case NOT_A_CAPTURE -> "Write one with tcpdump -w FILE, or with Wireshark.";
      case TRUNCATED -> "End tcpdump with Ctrl-C before reading its file, or write it with -U.";
      case BAD_LENGTH, UNKNOWN_INTERFACE -> "The file is damaged; capture again.";
      case SNAPPED -> "Sizes count whole datagrams only.";
      case UNSUPPORTED_LINK_TYPE -> "Give the sizes by hand: --octets up:37,down:45,up:19.";
      case TOO_LARGE -> "Write the part that counts to a file of its own.";
    };
  }
}
