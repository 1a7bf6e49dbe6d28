package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Style;
import dev.moat.cli.console.Terminal;
import dev.moat.cli.words.CodeWords;
import dev.moat.cli.words.OptionWords;
import dev.moat.cli.words.Printable;
import dev.moat.coap.option.Option;
import java.util.ArrayList;
import java.util.List;

/** A dissection as a table for people. */
public final class DissectionText {
  private static final int OCTETS_PER_LINE = 8;
  private static final int OCTETS_WIDTH = OCTETS_PER_LINE * 2;
  private static final int NAME_WIDTH = 18;

  private final Console console;
  private final boolean coloured = Terminal.colouredOut();

  /** Prints to {@code console}. */
  public DissectionText(Console console) {
    this.console = console;
  }

  void print(Bytes message, WireFormat format, Dissection dissection) {
    header();
    dissection.fields().forEach(this::field);
    dissection.remarks().forEach(remark -> console.result("note: " + remark));
    dissection
        .fault()
        .ifPresentOrElse(
            fault -> fault(fault, format.consequence(message)), () -> wellFormed(message));
  }

  /** An EDHOC message, which has no receiver that answers with Reset. */
  public void print(Bytes message, EdhocMessageKind kind, Dissection dissection) {
    header();
    dissection.fields().forEach(this::field);
    dissection
        .fault()
        .ifPresentOrElse(
            fault ->
                console.result(
                    Style.BAD.on(
                        "malformed at offset "
                            + fault.offset()
                            + ": "
                            + fault.rule()
                            + reference(fault.reference()),
                        coloured)),
            () ->
                console.result(
                    Style.GOOD.on(
                        kind.words() + ", " + CodeWords.octets(message.length()), coloured)));
  }

  private void header() {
    console.result(
        Style.STRONG.on(
            row("offset", "octets", "field", "meaning (reference)").stripTrailing(), coloured));
  }

  /** What a protected message says inside, as its receiver sees it. */
  void print(InnerMessage inner) {
    console.result("");
    console.result(Style.GOOD.on("inside, verified by OSCORE:", coloured));
    console.result("  Code: " + CodeWords.explain(inner.code()));
    for (Option option : inner.options()) {
      String value = OptionWords.value(option.number(), option.value());
      console.result("  " + OptionWords.name(option.number()) + ": " + value);
    }
    if (!inner.payload().isEmpty()) {
      String shown = Printable.orHex(inner.payload());
      console.result("  Payload: " + CodeWords.octets(inner.payload().length()) + ": " + shown);
    }
  }

  private void wellFormed(Bytes message) {
    console.result(
        Style.GOOD.on("well-formed, " + CodeWords.octets(message.length()) + " in all", coloured));
  }

  private void fault(Fault fault, WireFormat.Consequence consequence) {
    console.result(
        Style.BAD.on(
            "malformed at offset "
                + fault.offset()
                + ": "
                + fault.rule()
                + reference(fault.reference()),
            coloured));
    console.result("  a receiver " + consequence.action() + reference(consequence.reference()));
  }

  private void field(Field field) {
    List<String> lines = hexLines(field.octets());
    String meaning = field.meaning() + reference(field.reference());
    String place = field.octets().isEmpty() ? "" : Integer.toString(field.offset());
    console.result(row(place, lines.get(0), field.name(), meaning));
    for (int i = 1; i < lines.size(); i++) {
      int offset = field.offset() + i * OCTETS_PER_LINE;
      console.result(row(Integer.toString(offset), lines.get(i), "", "").stripTrailing());
    }
  }

  private String reference(String section) {
    return Style.FAINT.on(" (" + section + ")", coloured);
  }

  private static List<String> hexLines(Bytes octets) {
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < octets.length(); start += OCTETS_PER_LINE) {
      int end = Math.min(start + OCTETS_PER_LINE, octets.length());
      lines.add(octets.slice(start, end).toHex());
    }
    return lines.isEmpty() ? List.of("") : lines;
  }

  private static String row(String offset, String octets, String name, String meaning) {
    return pad(offset, 8) + pad(octets, OCTETS_WIDTH + 2) + pad(name, NAME_WIDTH + 2) + meaning;
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text + ' ' : text + " ".repeat(width - text.length());
  }
}
