package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.coap.codec.Deframer;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.MessageFormatException.Reason;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.codec.TcpCodec;
import dev.moat.coap.codec.TokenLengths;
import dev.moat.coap.codec.WsCodec;
import dev.moat.coap.signal.ConnectionStart;
import dev.moat.coap.signal.SignalException;
import java.util.Optional;

/**
 * A message on TCP or a WebSocket: decodes to the stated fields and encodes back, is incomplete, or
 * is refused for the stated reason. Or the octets that a TCP connection begins with: accepted, or
 * answered with Abort.
 */
final class StreamMessageCase implements CaseRunner {
  private static final int MAX_MESSAGE_OCTETS = 1 << 20;

  @Override
  public void run(JsonNode testCase, Findings findings) {
    Bytes octets = Bytes.hex(testCase.path("message").asText());
    // RFC 8974 gives a meaning to some of the Token Lengths that RFC 7252 reserves.
    TokenLengths tokenLengths =
        testCase.path("error_class").asText().equals("reserved-tkl")
            ? TokenLengths.BASIC
            : TokenLengths.EXTENDED;
    switch (testCase.path("transport").asText()) {
      case "tcp" -> message(testCase, octets, new Tcp(tokenLengths), findings);
      case "ws" -> message(testCase, octets, new WebSocket(tokenLengths), findings);
      default -> connection(testCase, octets, findings);
    }
  }

  private static void message(JsonNode testCase, Bytes octets, Format format, Findings findings) {
    String expected = testCase.path("expected").asText();
    if (!expected.matches("ok|incomplete|malformed")) {
      findings.problem("expected is '" + expected + "', neither ok, incomplete nor malformed");
      return;
    }
    try {
      StreamMessage message = format.decode(octets);
      if (!expected.equals("ok")) {
        findings.problem("accepted as " + message.code() + ", expected " + expected);
        return;
      }
      DecodedFields.compare(testCase.path("decoded"), message, findings);
      if (testCase.path("reencodes_identically").asBoolean(!message.isEmpty())) {
        findings.same("encoding", octets, format.encode(message));
      } else {
        findings.same("message decoded again", message, format.decode(format.encode(message)));
      }
    } catch (MessageFormatException e) {
      refused(testCase, expected, e, findings);
    }
  }

  private static void refused(
      JsonNode testCase, String expected, MessageFormatException e, Findings findings) {
    if (expected.equals("ok")) {
      findings.problem("refused with " + e.reason().label() + " at offset " + e.offset());
      return;
    }
    boolean incomplete = e.reason() == Reason.INCOMPLETE_MESSAGE;
    findings.same("outcome", expected, incomplete ? "incomplete" : "malformed");
    if (testCase.has("error_class")) {
      findings.same("error_class", testCase.path("error_class").asText(), e.reason().label());
    }
  }

  private static void connection(JsonNode testCase, Bytes octets, Findings findings) {
    Optional<String> abort = abort(octets);
    String expected = testCase.path("expected").asText();
    switch (expected) {
      case "accepted" -> abort.ifPresent(why -> findings.problem("aborted: " + why));
      case "abort" -> findings.same("aborted", true, abort.isPresent());
      default -> findings.problem("expected is '" + expected + "', neither accepted nor abort");
    }
  }

  /** Why a connection that begins with these octets is aborted. */
  private static Optional<String> abort(Bytes octets) {
    Deframer deframer = new Deframer(MAX_MESSAGE_OCTETS);
    ConnectionStart start = new ConnectionStart();
    deframer.feed(octets);
    try {
      for (var next = deframer.next(); next.isPresent(); next = deframer.next()) {
        var unused = start.signal(next.get());
      }
      return Optional.empty();
    } catch (MessageFormatException | SignalException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** One of the two formats. */
  private interface Format {
    StreamMessage decode(Bytes octets) throws MessageFormatException;

    Bytes encode(StreamMessage message);
  }

  private record Tcp(TokenLengths tokenLengths) implements Format {
    @Override
    public StreamMessage decode(Bytes octets) throws MessageFormatException {
      return TcpCodec.decode(octets, tokenLengths);
    }

    @Override
    public Bytes encode(StreamMessage message) {
      return TcpCodec.encode(message, tokenLengths);
    }
  }

  private record WebSocket(TokenLengths tokenLengths) implements Format {
    @Override
    public StreamMessage decode(Bytes octets) throws MessageFormatException {
      return WsCodec.decode(octets, tokenLengths);
    }

    @Override
    public Bytes encode(StreamMessage message) {
      return WsCodec.encode(message, tokenLengths);
    }
  }
}
