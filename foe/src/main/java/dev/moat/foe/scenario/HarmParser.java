package dev.moat.foe.scenario;

import java.time.Duration;

/** What would be a success of the attack: the words behind {@code harm}. */
final class HarmParser {
  private final LineCursor line;

  HarmParser(LineCursor line) {
    this.line = line;
  }

  Harm harm() throws ScenarioException {
    if (line.takeWord("client")) {
      return ofClient();
    }
    if (line.takeWord("victim")) {
      line.expectPhrase("receives more than");
      int factor = line.number("a factor");
      line.expectPhrase("times what was sent");
      return new Harm.Amplified(factor);
    }
    if (line.takeWord("anybody")) {
      line.expectPhrase("shares keys with Foe");
      return new Harm.SharedKeys();
    }
    if (line.takeWord("keys")) {
      line.expectPhrase("of suite");
      return new Harm.Downgrade(line.number("the number of a cipher suite"));
    }
    if (!line.takeWord("server")) {
      throw line.expected("\"client\", \"server\", \"victim\", \"anybody\" or \"keys\"");
    }
    return ofServer();
  }

  private Harm ofClient() throws ScenarioException {
    if (line.takeWord("relies")) {
      line.expectPhrase("on keys that the server lacks");
      return new Harm.UnequalKeys();
    }
    line.expectPhrase("is");
    if (line.takeWord("not")) {
      line.expectPhrase("served");
      return new Harm.Unserved();
    }
    line.expectPhrase("sure and wrong about");
    return new Harm.FalseBelief(line.blanks().name("a subject such as lock"));
  }

  private Harm ofServer() throws ScenarioException {
    if (line.takeWord("keeps")) {
      line.expectPhrase("more than");
      int limit = line.number("a number of handshakes");
      line.expectPhrase("handshakes open");
      return new Harm.Overload(limit);
    }
    line.expectPhrase("acts");
    if (line.takeWord("later")) {
      line.expectPhrase("than");
      Duration limit = line.duration();
      line.expectPhrase("after the request");
      return new Harm.StaleDeed(limit);
    }
    if (line.takeWord("more")) {
      line.expectPhrase("often than it was asked");
      return new Harm.RepeatedDeed();
    }
    line.expectPhrase("on what nobody asked");
    return new Harm.UnaskedDeed();
  }
}
