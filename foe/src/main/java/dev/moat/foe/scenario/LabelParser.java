package dev.moat.foe.scenario;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The words that say which message is meant: behind an arrow, or in what a client is told to do.
 */
final class LabelParser {
  private static final int MAX_TIMES = 500;
  private static final Map<String, Code> METHODS =
      Map.of(
          "GET", Code.GET,
          "POST", Code.POST,
          "PUT", Code.PUT,
          "DELETE", Code.DELETE,
          "FETCH", Code.FETCH,
          "PATCH", Code.PATCH,
          "iPATCH", Code.IPATCH);

  private final LineCursor line;

  LabelParser(LineCursor line) {
    this.line = line;
  }

  /**
   * {@code * | c.dd | METHOD [/path]}, then perhaps a quoted payload, then perhaps {@code Block1
   * 0/more}; or a message of a handshake.
   */
  Pattern pattern() throws ScenarioException {
    Optional<HandshakeMessage> handshake = HandshakeMessage.at(line);
    if (handshake.isPresent()) {
      line.end();
      return Pattern.of(handshake.get());
    }
    Optional<Code> code = Optional.empty();
    Optional<String> path = Optional.empty();
    if (line.take("*")) {
      line.blanks();
    } else if (line.rest().matches("[0-9].*")) {
      code = Optional.of(responseCode());
    } else {
      code = Optional.of(method("a method, a response code such as 2.04, or *"));
      path = optionalPath();
    }
    Optional<String> payload = optionalPayload().map(String::strip);
    Optional<Pattern.Block> block = optionalBlock();
    line.end();
    return new Pattern(code, path, payload, block);
  }

  /** {@code message_1 | error N [suites N]{, N times}}. */
  Craft craft(Optional<String> recorded, boolean spoofed) throws ScenarioException {
    HandshakeMessage message =
        HandshakeMessage.at(line)
            .filter(found -> found != HandshakeMessage.DONE)
            .orElseThrow(() -> line.expected("message_1 to message_4, or error and its code"));
    int code = 0;
    OptionalInt suite = OptionalInt.empty();
    if (message == HandshakeMessage.ERROR && recorded.isEmpty()) {
      code = line.number("an error code");
      suite = line.takeWord("suites") ? OptionalInt.of(suite()) : suite;
    }
    int times = line.blanks().take(",") ? times() : 1;
    line.end();
    return new Craft(message, recorded, code, suite, times, spoofed);
  }

  private int suite() throws ScenarioException {
    return line.number("the number of a cipher suite");
  }

  /** {@code METHOD /path ["payload"]{, NON | , token HEX | , N times}}. */
  Ask ask() throws ScenarioException {
    Code method = method("a method: GET, POST, PUT, DELETE, FETCH, PATCH or iPATCH");
    String path = optionalPath().orElseThrow(() -> line.expected("a path that starts with /"));
    String payload = optionalPayload().orElse("");
    boolean careless = false;
    Optional<Bytes> token = Optional.empty();
    int times = 1;
    while (line.blanks().take(",")) {
      if (line.takeWord("NON")) {
        careless = true;
      } else if (line.takeWord("token")) {
        token = Optional.of(Bytes.hex(line.hexDigits("1 to 8 octets in lower-case hexadecimal")));
      } else {
        times = times();
      }
    }
    return new Ask(method, path, payload, careless, token, times);
  }

  private int times() throws ScenarioException {
    int start = line.blanks().position();
    int times = line.number("NON, token and hexadecimal digits, or a number of times");
    if (times < 1 || times > MAX_TIMES) {
      line.backTo(start);
      throw line.expected("a number of times from 1 to " + MAX_TIMES);
    }
    line.expectPhrase("times");
    return times;
  }

  private Code method(String what) throws ScenarioException {
    for (Map.Entry<String, Code> method : METHODS.entrySet()) {
      if (line.takeWord(method.getKey())) {
        line.blanks();
        return method.getValue();
      }
    }
    throw line.expected(what);
  }

  private Code responseCode() throws ScenarioException {
    int start = line.position();
    int codeClass = line.number("a response code");
    line.expect(".", "a response code such as 2.04");
    int detail = line.number("a response code such as 2.04");
    if (codeClass < 2 || codeClass > 5 || codeClass == 3 || detail > 31) {
      line.backTo(start);
      throw line.expected("a response code of class 2, 4 or 5 and detail 00 to 31");
    }
    line.blanks();
    return Code.of(codeClass, detail);
  }

  private Optional<String> optionalPath() {
    String path =
        line.blanks().rest().startsWith("/") ? line.span(c -> c > ' ' && c != ',' && c != ')') : "";
    line.blanks();
    return path.isEmpty() ? Optional.empty() : Optional.of(path);
  }

  private Optional<String> optionalPayload() throws ScenarioException {
    return line.blanks().rest().startsWith("\"") ? Optional.of(line.quoted()) : Optional.empty();
  }

  private Optional<Pattern.Block> optionalBlock() throws ScenarioException {
    if (!line.takeWord("Block1")) {
      return Optional.empty();
    }
    int number = line.number("a block number");
    line.expect("/", "\"/\", then more or last");
    if (line.takeWord("more")) {
      return Optional.of(new Pattern.Block(number, true));
    }
    line.expectPhrase("last");
    return Optional.of(new Pattern.Block(number, false));
  }
}
