package dev.moat.foe.scenario;

/**
 * A remark in parentheses, as the draft has them between its arrows: what the applications do
 * meanwhile.
 *
 * <pre>
 * (Client: PUT /lock "1", token 47)      (Client gives up)       (later: 900 ms)
 * (Other: PUT /lock "0")                 (Client makes sure)     (Client sees lock)
 * </pre>
 */
final class RemarkParser {
  private final LineCursor line;
  private final String text;

  RemarkParser(LineCursor line) {
    this.line = line;
    String rest = line.rest().strip();
    this.text = rest.endsWith(")") ? rest.substring(0, rest.length() - 1) : rest;
  }

  Step read() throws ScenarioException {
    Step step = step();
    line.blanks();
    line.expect(")", "\")\", the end of the remark");
    line.end();
    return step;
  }

  private Step step() throws ScenarioException {
    if (line.takeWord("later")) {
      line.expect(":", "\":\" and a time");
      return new Step.Pause(line.line(), text, line.duration());
    }
    if (line.takeWord("Other")) {
      return call(Step.Caller.OTHER);
    }
    if (!line.takeWord("Client")) {
      throw line.expected("\"Client\", \"Other\" or \"later\"");
    }
    if (line.takeWord("gives")) {
      line.expectPhrase("up");
      return act(Step.Act.Kind.GIVE_UP, "");
    }
    if (line.takeWord("makes")) {
      line.expectPhrase("sure");
      return act(Step.Act.Kind.MAKE_SURE, "");
    }
    if (line.takeWord("sees")) {
      return act(Step.Act.Kind.SEE, line.blanks().name("what the client sees, such as lock"));
    }
    return call(Step.Caller.CLIENT);
  }

  private Step act(Step.Act.Kind kind, String subject) {
    return new Step.Act(line.line(), text, kind, subject);
  }

  private Step call(Step.Caller caller) throws ScenarioException {
    line.expect(":", "\":\" and a request, or gives up, makes sure, sees");
    return new Step.Call(line.line(), text, caller, new LabelParser(line).ask());
  }
}
