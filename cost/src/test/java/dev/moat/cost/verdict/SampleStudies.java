package dev.moat.cost.verdict;

import dev.moat.bytes.Bytes;
import dev.moat.cost.device.DeviceFigures;
import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.Begins;
import dev.moat.cost.exchange.EdhocShape.Flow;
import dev.moat.cost.exchange.EdhocShape.PathForm;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.Formation;
import dev.moat.cost.study.JoinProtocols;
import dev.moat.cost.study.RadioSettings;
import dev.moat.cost.study.Repeats;
import dev.moat.cost.study.Shapes;
import dev.moat.cost.study.Study;
import dev.moat.radio.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Studies made of published sizes, of which tests change one thing. */
final class SampleStudies {
  private static final int PREFIX = 1;
  private static final int SHORT_PATH = 11;
  private static final int DEFAULT_PATH = 25;
  private static final int RESPONSE = 5;

  /** RFC 9528, Figure 1, and the sizes that follow from it. */
  private static final Map<String, int[]> SIZES =
      Map.of(
          "3-kid-kid", new int[] {37, 45, 19},
          "3-x5t-x5t", new int[] {37, 58, 33},
          "3-kccs-kccs", new int[] {37, 90, 65},
          "3-kccs-long-kccs-long", new int[] {37, 141, 128},
          "1-x5t-kid", new int[] {37, 45, 90},
          "2-kid-x5t", new int[] {37, 115, 19},
          "0-x5t-x5t", new int[] {37, 115, 90},
          "0-kid-kid", new int[] {37, 102, 77},
          "4-psk-psk", new int[] {37, 35, 13});

  private static final DeviceFigures DEVICE = DeviceFigures.measure(Duration.ofMillis(50));

  private SampleStudies() {}

  /** Everything as published. */
  static Study asPublished() {
    List<RecordedExchange> exchanges = new ArrayList<>();
    Shapes.all().forEach(shape -> exchanges.add(edhoc(shape)));
    exchanges.add(published("DTLS 1.3, RPK, ECDHE", Protocol.DTLS_1_3, 185, 454, 255));
    exchanges.add(published("cTLS, PSK", Protocol.CTLS, 43, 57, 20));
    return of(exchanges);
  }

  /** The same with this exchange in the place of the one with its shape. */
  static Study with(RecordedExchange other) {
    return of(
        asPublished().exchanges().stream()
            .map(CostedExchange::exchange)
            .map(one -> one.shape().equals(other.shape()) ? other : one)
            .toList());
  }

  static Study of(List<RecordedExchange> exchanges) {
    return new Study(
        RadioSettings.benchmark(),
        exchanges.stream().map(one -> CostedExchange.of(one, RadioSettings.benchmark())).toList(),
        List.of(),
        DEVICE,
        List.of(
            new Formation(JoinProtocols.COJP, 10, 2, 40, 60, true),
            new Formation(JoinProtocols.EDHOC, 10, 4, 80, 120, true),
            new Formation(JoinProtocols.DTLS_RPK, 10, 22, 400, 600, true)),
        new Repeats(
            List.of(
                new Repeats.Parallel(1, 20, 173, 173), new Repeats.Parallel(100, 400, 173, 175)),
            new Repeats.Reboot(173, 173)));
  }

  static RecordedExchange edhoc(EdhocShape shape) {
    int[] sizes = SIZES.get(shape.method() + "-" + shape.initiator() + "-" + shape.responder());
    return edhoc(shape, sizes[0], sizes[1], sizes[2]);
  }

  static RecordedExchange edhoc(EdhocShape shape, int first, int second, int third) {
    int path = shape.path() == PathForm.SHORT ? SHORT_PATH : DEFAULT_PATH;
    Direction up = shape.begins() == Begins.DEVICE ? Direction.UPLINK : Direction.DOWNLINK;
    List<ExchangeMessage> messages = new ArrayList<>();
    messages.add(message("message_1", up, Part.HANDSHAKE, first, PREFIX, path));
    messages.add(message("message_2", up.opposite(), Part.HANDSHAKE, second, 0, RESPONSE));
    if (shape.flow() == Flow.COMBINED) {
      messages.add(message("message_3 + request", up, Part.COMBINED, third, 0, 23));
    } else {
      messages.add(message("message_3", up, Part.HANDSHAKE, third, PREFIX, path));
      messages.add(message("2.04", up.opposite(), Part.HANDSHAKE, 0, 0, 4));
      messages.add(message("request", up, Part.DATA, 0, 13, 9));
    }
    messages.add(message("response", up.opposite(), Part.DATA, 0, 13, 6));
    return new RecordedExchange(
        shape.id(),
        title(shape),
        Protocol.EDHOC,
        Origin.MEASURED,
        "",
        Optional.of(shape),
        messages);
  }

  private static String title(EdhocShape shape) {
    CredentialForm form = shape.initiator();
    return "EDHOC " + shape.method() + " " + form + " " + shape.path() + " " + shape.flow();
  }

  private static ExchangeMessage message(
      String name, Direction direction, Part part, int octets, int prefix, int around) {
    int payload = octets + prefix;
    return new ExchangeMessage(
        name,
        direction,
        part,
        octets,
        payload,
        payload + around,
        Optional.of(Bytes.owned(new byte[payload + around])));
  }

  private static RecordedExchange published(String title, Protocol protocol, int... flights) {
    List<ExchangeMessage> messages = new ArrayList<>();
    Direction direction = Direction.UPLINK;
    for (int octets : flights) {
      messages.add(
          new ExchangeMessage(
              "flight", direction, Part.HANDSHAKE, octets, octets, octets, Optional.empty()));
      direction = direction.opposite();
    }
    return new RecordedExchange(
        title, title, protocol, Origin.PUBLISHED, "", Optional.empty(), messages);
  }
}
