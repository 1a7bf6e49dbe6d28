package dev.moat.cli.cost;

import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Part;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.radio.Direction;
import dev.moat.radio.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes by hand: {@code up:37,down:45,up:19}. */
final class OctetsOption {
  private static final int MAX_MESSAGES = 100;
  private static final Pattern MESSAGE = Pattern.compile("\\s*(up|down):([0-9]{1,5})\\s*");

  private OctetsOption() {}

  /**
   * Reads the option's value.
   *
   * @param number which of the options it is, from 1
   * @throws IllegalArgumentException naming the part that breaks the form
   */
  static RecordedExchange read(int number, String value) {
    List<ExchangeMessage> messages = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      messages.add(message(messages.size() + 1, part));
    }
    if (messages.size() > MAX_MESSAGES) {
      throw new IllegalArgumentException(
          "--octets takes at most " + MAX_MESSAGES + " messages, not " + messages.size());
    }
    return new RecordedExchange(
        "by-hand-" + number,
        value,
        Protocol.OTHER,
        Origin.CAPTURED,
        "sizes given with --octets",
        Optional.empty(),
        messages);
  }

  private static ExchangeMessage message(int number, String part) {
    Matcher read = MESSAGE.matcher(part);
    if (!read.matches()) {
      throw new IllegalArgumentException(
          "--octets is a list such as up:37,down:45,up:19; '" + part + "' is no up:N or down:N");
    }
    int octets = Integer.parseInt(read.group(2));
    if (octets < 1 || octets > Message.MAX_OCTETS) {
      throw new IllegalArgumentException(
          "--octets: a message has 1 to " + Message.MAX_OCTETS + " octets, not " + octets);
    }
    Direction direction = read.group(1).equals("up") ? Direction.UPLINK : Direction.DOWNLINK;
    return new ExchangeMessage(
        "message " + number, direction, Part.HANDSHAKE, octets, octets, octets, Optional.empty());
  }
}
