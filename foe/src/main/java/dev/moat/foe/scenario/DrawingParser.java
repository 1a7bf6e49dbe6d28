package dev.moat.foe.scenario;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One drawn line: what happens between the lifelines, then what it happens to.
 *
 * <pre>
 * +-----------------&gt;+   passes            +&lt;-----------------+
 * +--------&gt;X        |   is dropped        |        X&lt;--------+
 * +--------&gt;@name    |   is held           |    @name&lt;--------+
 * |     name@-------&gt;+   is released       +&lt;--------name@    |
 * +------(x2)-------&gt;+   is duplicated     +&lt;------(x2)-------+
 * +------(20 ms)----&gt;+   is delayed        +&lt;------(20 ms)----+
 * +---(from victim)-&gt;+   takes another source address
 * +---(copy name)---&gt;+   passes, and is copied  +&lt;---(copy name)---+
 * +-----(own)-------&gt;+   is replaced by Foe's own
 * |        !--------&gt;+   Foe's own hand         +&lt;--------!        |
 * |     name!-------&gt;+   the same, repeating     +&lt;-----name!       |
 * </pre>
 */
final class DrawingParser {
  private int clientColumn = -1;
  private int serverColumn = -1;

  /** The step that the line means; empty for a line of bare lifelines. */
  Optional<Step> read(LineCursor line, @Nullable Step above) throws ScenarioException {
    clientColumn = lifeline(line.blanks(), clientColumn, "Client");
    Arrow arrow = arrow(line);
    line.backTo(line.position() - 1);
    serverColumn = lifeline(line, serverColumn, "Server");
    line.backTo(line.position() + 1);
    line.blanks();
    return arrow.idle() ? Optional.empty() : Optional.of(step(line, arrow, above));
  }

  private static int lifeline(LineCursor line, int column, String whose) throws ScenarioException {
    if (column >= 0 && column != line.position()) {
      throw line.expected("the lifeline of " + whose + " in column " + (column + 1));
    }
    return line.position();
  }

  private static Arrow arrow(LineCursor line) throws ScenarioException {
    if (line.take("+")) {
      return line.take("<") ? intoClient(line) : fromClient(line);
    }
    line.expect("|", "a lifeline \"|\", an arrow from \"+\", or a remark in parentheses");
    line.blanks();
    if (line.take("|")) {
      line.blanks();
      lifelineEnds(line, "|");
      return Arrow.IDLE;
    }
    if (line.take("X<")) {
      line.dashes(1);
      lifelineEnds(line, "+");
      return Arrow.fate(Direction.TO_CLIENT, new Fate.Drop());
    }
    if (line.take("@")) {
      String name = line.name("a name for what is held");
      line.expect("<", "\"<\" and the arrow from the server");
      line.dashes(1);
      lifelineEnds(line, "+");
      return Arrow.fate(Direction.TO_CLIENT, new Fate.Hold(name));
    }
    return fromFoe(line);
  }

  private static Arrow fromFoe(LineCursor line) throws ScenarioException {
    if (line.take("!")) {
      return byHand(line, Optional.empty());
    }
    String name = line.name("X, @name, name@, name!, ! or Foe's lifeline \"|\"");
    if (line.take("!")) {
      return byHand(line, Optional.of(name));
    }
    line.expect("@", "\"@\" behind the name of what is released");
    line.dashes(1);
    line.expect(">", "\">\", the head of the arrow");
    lifelineEnds(line, "+");
    return Arrow.release(Direction.TO_SERVER, name);
  }

  /** An arrow from Foe's own hand to the server. */
  private static Arrow byHand(LineCursor line, Optional<String> recorded) throws ScenarioException {
    line.dashes(1);
    boolean spoofed = line.take("(");
    if (spoofed) {
      line.expectPhrase("from victim");
      line.expect(")");
      line.dashes(1);
    }
    line.expect(">", "\">\", the head of the arrow, or \"(from victim)\"");
    lifelineEnds(line, "+");
    return Arrow.byHand(Direction.TO_SERVER, new Hand(recorded, spoofed));
  }

  private static Arrow fromClient(LineCursor line) throws ScenarioException {
    line.dashes(1);
    if (line.take("(")) {
      Fate fate = modifier(line);
      line.dashes(1);
      line.expect(">", "\">\", the head of the arrow");
      lifelineEnds(line, "+");
      return Arrow.fate(Direction.TO_SERVER, fate);
    }
    line.expect(">", "\">\", the head of the arrow, or a remark on it in parentheses");
    if (line.take("X")) {
      line.blanks();
      lifelineEnds(line, "|");
      return Arrow.fate(Direction.TO_SERVER, new Fate.Drop());
    }
    if (line.take("@")) {
      String name = line.name("a name for what is held");
      line.blanks();
      lifelineEnds(line, "|");
      return Arrow.fate(Direction.TO_SERVER, new Fate.Hold(name));
    }
    lifelineEnds(line, "+");
    return Arrow.fate(Direction.TO_SERVER, new Fate.Pass());
  }

  private static Arrow intoClient(LineCursor line) throws ScenarioException {
    line.dashes(1);
    int start = line.position();
    if (line.take("(")) {
      Fate fate = modifier(line);
      if (fate instanceof Fate.Spoof) {
        line.backTo(start);
        throw line.expected("\"(from victim)\" only on arrows to the server");
      }
      line.dashes(1);
      lifelineEnds(line, "+");
      return Arrow.fate(Direction.TO_CLIENT, fate);
    }
    if (line.take("+")) {
      return Arrow.fate(Direction.TO_CLIENT, new Fate.Pass());
    }
    Optional<String> recorded = Optional.empty();
    if (!line.rest().startsWith("!")) {
      recorded = Optional.of(line.name("\"+\" at the server, or name@ of what is released, or !"));
    }
    if (line.take("!")) {
      line.blanks();
      lifelineEnds(line, "|");
      return Arrow.byHand(Direction.TO_CLIENT, new Hand(recorded, false));
    }
    String name = recorded.orElseThrow();
    line.expect("@", "\"@\" behind the name of what is released");
    line.blanks();
    lifelineEnds(line, "|");
    return Arrow.release(Direction.TO_CLIENT, name);
  }

  private static void lifelineEnds(LineCursor line, String glyph) throws ScenarioException {
    line.expect(glyph, "the server's lifeline, drawn \"" + glyph + "\" here, or Foe's X or @name");
  }

  private static Fate modifier(LineCursor line) throws ScenarioException {
    Fate fate;
    if (line.take("x")) {
      int copies = line.number("a number of copies from 2 to 9");
      if (copies < 2 || copies > 9) {
        throw line.expected("a number of copies from 2 to 9");
      }
      fate = new Fate.Duplicate(copies);
    } else if (line.takeWord("from")) {
      line.expectPhrase("victim");
      fate = new Fate.Spoof();
    } else if (line.takeWord("copy")) {
      fate = new Fate.Copy(line.blanks().name("a name for the copy"));
    } else if (line.takeWord("own")) {
      fate = new Fate.Swap(OptionalInt.empty());
    } else if (line.takeWord("suites")) {
      fate = new Fate.Swap(OptionalInt.of(line.number("the number of a cipher suite")));
    } else {
      fate = new Fate.Delay(line.duration());
    }
    line.expect(")", "\")\" behind x2, a time, own, suites and a number, or \"from victim\"");
    return fate;
  }

  private static Step step(LineCursor line, Arrow arrow, @Nullable Step above)
      throws ScenarioException {
    String text = line.rest().strip();
    Hand hand = arrow.hand();
    if (hand != null) {
      Craft craft = new LabelParser(line).craft(hand.recorded, hand.spoofed);
      return new Step.Forge(line.line(), text, arrow.direction(), craft);
    }
    if (arrow.release() != null) {
      return new Step.Release(line.line(), text, arrow.direction(), arrow.release());
    }
    if (line.takeWord("retransmissions")) {
      line.end();
      if (!(above instanceof Step.Meet meet) || meet.direction() != arrow.direction()) {
        line.backTo(line.position() - "retransmissions".length());
        throw line.expected(
            "the arrow, in the same direction, that is retransmitted, on the line above");
      }
      return new Step.Copies(line.line(), text, arrow.direction(), arrow.fate());
    }
    if (line.takeWord("all")) {
      line.end();
      return new Step.Every(line.line(), text, arrow.direction(), arrow.fate());
    }
    return new Step.Meet(
        line.line(), text, arrow.direction(), arrow.fate(), new LabelParser(line).pattern());
  }

  /** What Foe sends by its own hand. */
  private record Hand(Optional<String> recorded, boolean spoofed) {}

  /** What is drawn between the lifelines. */
  private record Arrow(
      Direction direction, Fate fate, @Nullable String release, @Nullable Hand hand, boolean idle) {
    private static final Fate PASS = new Fate.Pass();
    static final Arrow IDLE = new Arrow(Direction.TO_SERVER, PASS, null, null, true);

    static Arrow fate(Direction direction, Fate fate) {
      return new Arrow(direction, fate, null, null, false);
    }

    static Arrow release(Direction direction, String name) {
      return new Arrow(direction, PASS, name, null, false);
    }

    static Arrow byHand(Direction direction, Hand hand) {
      return new Arrow(direction, PASS, null, hand, false);
    }
  }
}
