package dev.moat.foe.report;

import dev.moat.foe.lab.LabRun;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.trace.Entry;
import java.util.List;
import java.util.Locale;

/**
 * Draws a recorded run as a ladder in SVG: lifelines, arrows with what Foe did, and what the
 * applications did.
 */
final class LadderDrawing {
  private static final int WIDTH = 980;
  private static final int CLIENT_X = 90;
  private static final int FOE_X = 490;
  private static final int SERVER_X = 890;
  private static final int HEAD_HEIGHT = 44;
  private static final int MESSAGE_HEIGHT = 34;
  private static final int NOTE_HEIGHT = 30;
  private static final int NOTE_WIDTH = 620;
  private static final int NOTE_CHARACTERS = 88;
  private static final int LABEL_CHARACTERS = 104;
  private static final double MICROS_PER_MILLI = 1000.0;

  private final StringBuilder svg = new StringBuilder();
  private int y = HEAD_HEIGHT;

  private LadderDrawing() {}

  static String of(LabRun run) {
    return new LadderDrawing().draw(run);
  }

  private String draw(LabRun run) {
    List<Entry> shown =
        run.trace().stream().filter(entry -> entry.kind() != Entry.Kind.STACK).toList();
    int height = HEAD_HEIGHT + 16 + shown.stream().mapToInt(LadderDrawing::height).sum();
    String id = Html.anchor(run.scenario().id() + "-" + run.column().name());
    svg.append("<svg class=\"ladder\" role=\"img\" viewBox=\"0 0 ")
        .append(WIDTH)
        .append(' ')
        .append(height);
    svg.append("\" aria-labelledby=\"t-").append(id).append(" d-").append(id).append("\">");
    svg.append("<title id=\"t-")
        .append(id)
        .append("\">")
        .append(Html.escape(title(run)))
        .append("</title>");
    svg.append("<desc id=\"d-")
        .append(id)
        .append("\">")
        .append(Html.escape(run.verdict().reason()));
    svg.append(". The same, line by line, follows as text.</desc>");
    lifeline(CLIENT_X, "Client", height);
    lifeline(FOE_X, "Foe", height);
    lifeline(SERVER_X, "Server", height);
    shown.forEach(this::entry);
    return svg.append("</svg>\n").toString();
  }

  private static String title(LabRun run) {
    return (run.scenario().attacksHandshake() ? "" : "Figure ")
        + run.scenario().id()
        + " against "
        + run.column().name()
        + ": "
        + run.verdict().kind().title();
  }

  private static int height(Entry entry) {
    return entry.arrow().isPresent() ? MESSAGE_HEIGHT : NOTE_HEIGHT;
  }

  private void lifeline(int x, String name, int height) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"life\" x1=\"%d\" y1=\"34\" x2=\"%d\" y2=\"%d\"/>",
            x,
            x,
            height - 6));
    svg.append(
        String.format(Locale.ROOT, "<text class=\"who\" x=\"%d\" y=\"22\">%s</text>", x, name));
  }

  private void entry(Entry entry) {
    time(entry);
    if (entry.arrow().isPresent()) {
      message(entry, entry.arrow().get());
    } else {
      note(entry);
    }
    y += height(entry);
  }

  private void time(Entry entry) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"time\" x=\"8\" y=\"%d\">%.0f ms</text>",
            y + (entry.arrow().isPresent() ? 29 : 17),
            entry.micros() / MICROS_PER_MILLI));
  }

  private void message(Entry entry, Entry.Arrow arrow) {
    boolean right = arrow.direction() == Direction.TO_SERVER;
    int sender = right ? CLIENT_X : SERVER_X;
    int receiver = right ? SERVER_X : CLIENT_X;
    int line = y + 25;
    switch (arrow.mark()) {
      case PASSED -> arrow("pass", sender, receiver, line);
      case DROPPED -> {
        arrow("drop", sender, FOE_X + (right ? -7 : 7), line);
        cross(line);
      }
      case HELD -> {
        arrow("hold", sender, FOE_X + (right ? -10 : 10), line);
        at(line, arrow.name(), right ? 16 : -16);
      }
      case RELEASED -> {
        at(line, arrow.name(), right ? -16 : 16);
        arrow("hold", FOE_X + (right ? 10 : -10), receiver, line);
      }
      case FORGED -> {
        at(line, arrow.name() + "!", right ? -16 : 16);
        arrow("drop", FOE_X + (right ? 10 : -10), receiver, line);
      }
      case ALTERED -> badge("drop", sender, receiver, line, "altered");
      case DELAYED -> badge("hold", sender, receiver, line, "tunnel");
      case DUPLICATED -> badge("hold", sender, receiver, line, "copies");
      case SPOOFED ->
          badge("drop", right ? FOE_X : SERVER_X, right ? SERVER_X : FOE_X, line, "victim");
    }
    label(entry.text(), y + 16);
  }

  private void arrow(String kind, int from, int to, int line) {
    int back = to > from ? -9 : 9;
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"arrow %s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
            kind,
            from,
            line,
            to + back / 2,
            line));
    svg.append(
        String.format(
            Locale.ROOT, "<path class=\"head %s\" d=\"M%d %dl%d -5v10z\"/>", kind, to, line, back));
  }

  private void cross(int line) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<path class=\"cross\" d=\"M%d %dl14 14m0 -14l-14 14\"/>",
            FOE_X - 7,
            line - 7));
  }

  private void at(int line, String name, int offset) {
    String anchor = offset > 0 ? "start" : "end";
    svg.append(
        String.format(
            Locale.ROOT, "<circle class=\"store\" cx=\"%d\" cy=\"%d\" r=\"9\"/>", FOE_X, line));
    svg.append(
        String.format(
            Locale.ROOT, "<text class=\"sign\" x=\"%d\" y=\"%d\">@</text>", FOE_X, line + 4));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"name\" text-anchor=\"%s\" x=\"%d\" y=\"%d\">%s</text>",
            anchor,
            FOE_X + offset,
            line + 4,
            Html.escape(name)));
  }

  private void badge(String kind, int from, int to, int line, String word) {
    arrow(kind, from, to, line);
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"badge %s\" x=\"%d\" y=\"%d\" width=\"56\" height=\"16\" rx=\"8\"/>",
            kind,
            FOE_X - 28,
            line - 8));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"sign\" x=\"%d\" y=\"%d\">%s</text>",
            FOE_X,
            line + 4,
            word));
  }

  private void label(String text, int baseline) {
    String shown =
        text.length() > LABEL_CHARACTERS ? text.substring(0, LABEL_CHARACTERS) + "…" : text;
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>",
            FOE_X,
            baseline,
            Html.escape(shown)));
  }

  private void note(Entry entry) {
    String kind = entry.kind().title();
    int x =
        switch (entry.kind()) {
          case CLIENT -> CLIENT_X - 12;
          case SERVER -> SERVER_X + 12 - NOTE_WIDTH;
          default -> FOE_X - NOTE_WIDTH / 2;
        };
    boolean wrong = entry.kind() == Entry.Kind.CLIENT && entry.text().startsWith("is wrong");
    String text = entry.text();
    String shown =
        text.length() > NOTE_CHARACTERS ? text.substring(0, NOTE_CHARACTERS) + "…" : text;
    svg.append(
        String.format(
            Locale.ROOT,
            "<g class=\"note %s%s\"><title>%s</title>",
            kind,
            wrong ? " wrong" : "",
            Html.escape(text)));
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"22\" rx=\"5\"/>",
            x,
            y + 2,
            NOTE_WIDTH));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\"><tspan class=\"kind\">%s</tspan> %s</text></g>",
            x + 9,
            y + 17,
            kind,
            Html.escape(shown)));
  }
}
