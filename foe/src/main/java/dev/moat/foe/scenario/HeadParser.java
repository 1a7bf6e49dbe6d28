package dev.moat.foe.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The {@code keyword value} lines above a ladder. */
final class HeadParser {
  private static final Duration USUAL_PATIENCE = Duration.ofMillis(1500);

  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, String> beliefs = new LinkedHashMap<>();
  private final List<Harm> harms = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();
  private @Nullable ServerSetting server;
  private Optional<Duration> freshness = Optional.empty();
  private Duration patience = USUAL_PATIENCE;
  private boolean demandsProximity;
  private boolean unserved;
  private Scenario.Handshake handshake = Scenario.Handshake.BEFORE;
  private OptionalInt blockOctets = OptionalInt.empty();
  private String lastKeyword = "";

  /** Reads one line; true when it was the word that opens the ladder. */
  boolean read(LineCursor line) throws ScenarioException {
    if (line.take(" ")) {
      proceedStory(line);
      return false;
    }
    String keyword =
        line.name("a keyword such as figure, title, story, server, client, harm or ladder");
    line.blanks();
    switch (keyword) {
      case "figure" -> texts.put(keyword, figure(line));
      case "source" -> texts.put("draft", line.remainder("the source"));
      case "title", "draft", "story" -> texts.put(keyword, line.remainder("the " + keyword));
      case "server" -> server = server(line);
      case "client" -> client(line);
      case "freshness" -> freshness = Optional.of(line.duration());
      case "patience" -> patience = line.duration();
      case "harm" -> harms.add(new HarmParser(line).harm());
      case "handshake" -> handshake = handshake(line);
      case "detected" -> detected(line);
      case "ladder" -> {}
      default -> {
        line.backTo(0);
        throw line.expected(
            "a keyword: figure, title, draft, source, story, server, client, freshness,"
                + " patience, handshake, harm, detected or ladder");
      }
    }
    line.end();
    lastKeyword = keyword;
    return keyword.equals("ladder");
  }

  private void proceedStory(LineCursor line) throws ScenarioException {
    if (!lastKeyword.equals("story")) {
      throw line.expected("a keyword at the line's start: only a story goes on over several lines");
    }
    texts.merge("story", line.remainder("the story's next words"), (a, b) -> a + " " + b);
  }

  private static String figure(LineCursor line) throws ScenarioException {
    String id = line.span(c -> c > ' ' && c != '-');
    if (id.isEmpty()) {
      throw line.expected("a figure's number or name");
    }
    String variant = line.blanks().span(c -> c > ' ');
    return variant.isEmpty() ? id : id + "-" + variant;
  }

  private static String subject(LineCursor line) throws ScenarioException {
    return line.blanks().name("a subject such as lock");
  }

  private static ServerSetting server(LineCursor line) throws ScenarioException {
    ServerSetting.Kind kind = kind(line);
    Map<String, String> facts = new LinkedHashMap<>();
    Duration answersAfter = Duration.ZERO;
    while (line.blanks().take(",")) {
      if (line.takeWord("answers")) {
        line.expectPhrase("after");
        answersAfter = line.duration();
      } else {
        fact(line, kind, facts);
      }
    }
    return new ServerSetting(kind, facts, answersAfter);
  }

  /** One word, which is the state of the only thing there is, or a name and its value. */
  private static void fact(LineCursor line, ServerSetting.Kind kind, Map<String, String> facts)
      throws ScenarioException {
    int start = line.blanks().position();
    String first = line.name("a fact, or \"answers after\" and a time");
    String second = line.blanks().span(c -> c > ' ' && c != ',');
    String subject = second.isEmpty() ? kind.name().toLowerCase(Locale.ROOT) : first;
    String value = second.isEmpty() ? first : second;
    String allowed =
        switch (kind) {
          case LOCK -> "lock (locked|open)";
          case THERMOMETERS -> "[A-Za-z0-9]+ -?[0-9]{1,4}";
          case KEY -> "key (near|far)";
          case LIBRARY -> "octets [1-9][0-9]{0,4}";
          case PRISON, COURT -> "(?!)";
        };
    if (!(subject + " " + value).matches(allowed)) {
      line.backTo(start);
      throw line.expected(
          "locked or open for a lock, near or far for a key, NAME DEGREES for a thermometer,"
              + " octets and a number for a library");
    }
    facts.put(subject, value);
  }

  private static ServerSetting.Kind kind(LineCursor line) throws ScenarioException {
    for (ServerSetting.Kind kind : ServerSetting.Kind.values()) {
      if (line.takeWord(kind.name().toLowerCase(Locale.ROOT))) {
        return kind;
      }
    }
    throw line.expected("lock, thermometers, prison, court, key or library");
  }

  private void client(LineCursor line) throws ScenarioException {
    if (line.takeWord("demands")) {
      line.expectPhrase("proximity");
      demandsProximity = true;
    } else if (line.takeWord("sends")) {
      line.expectPhrase("blocks of");
      blockOctets = OptionalInt.of(blockSize(line.blanks()));
    } else if (line.takeWord("believes")) {
      String subject = subject(line);
      beliefs.put(subject, line.remainder("what the client believes of " + subject));
    } else {
      throw line.expected("\"believes\", \"demands\" or \"sends\"");
    }
  }

  private static int blockSize(LineCursor line) throws ScenarioException {
    int start = line.position();
    int size = line.number("a block size");
    if (size < 16 || size > 1024 || Integer.bitCount(size) != 1) {
      line.backTo(start);
      throw line.expected("a block size of RFC 7959: 16, 32, 64, 128, 256, 512 or 1024");
    }
    return size;
  }

  private void detected(LineCursor line) throws ScenarioException {
    line.expectPhrase("client knows that it");
    if (line.takeWord("was")) {
      line.expectPhrase("not served");
      unserved = true;
    } else {
      line.expectPhrase("does not know of");
      doubts.add(subject(line));
    }
  }

  private static Scenario.Handshake handshake(LineCursor line) throws ScenarioException {
    line.expectPhrase("drawn");
    if (!line.blanks().take(",")) {
      return Scenario.Handshake.DRAWN;
    }
    if (line.takeWord("combined")) {
      return Scenario.Handshake.DRAWN_COMBINED;
    }
    line.expectPhrase("with message_4");
    return Scenario.Handshake.DRAWN_WITH_MESSAGE_4;
  }

  Scenario finish(LineCursor end, List<Step> steps, String source) throws ScenarioException {
    ServerSetting setting = server;
    if (setting == null) {
      throw end.expected("a line \"server ...\" above the ladder");
    }
    if (harms.isEmpty()) {
      throw end.expected(
          "a line \"harm ...\" above the ladder: what would be a success of the attack");
    }
    return new Scenario(
        text(end, "figure"),
        text(end, "title"),
        text(end, "draft"),
        text(end, "story"),
        new Scenario.Cast(
            setting, beliefs, freshness, patience, demandsProximity, blockOctets, handshake),
        new Scenario.Aim(harms, doubts, unserved),
        steps,
        source);
  }

  private String text(LineCursor end, String keyword) throws ScenarioException {
    String text = texts.get(keyword);
    if (text == null) {
      throw end.expected("a line \"" + keyword + " ...\" above the ladder");
    }
    return text;
  }
}
