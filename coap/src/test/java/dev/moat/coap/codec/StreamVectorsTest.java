package dev.moat.coap.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException.Reason;
import dev.moat.coap.signal.ConnectionStart;
import dev.moat.coap.signal.SignalException;
import dev.moat.testkit.DecodedMessage;
import dev.moat.testkit.StreamMessageCase;
import dev.moat.testkit.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamVectorsTest {
  private static final int LIMIT = 1152;

  static Stream<StreamMessageCase> wellFormed() {
    return cases("tcp", "ok");
  }

  static Stream<StreamMessageCase> incomplete() {
    return cases("tcp", "incomplete");
  }

  static Stream<StreamMessageCase> accepted() {
    return cases("tcp-stream", "accepted");
  }

  static Stream<StreamMessageCase> aborted() {
    return cases("tcp-stream", "abort");
  }

  static Stream<StreamMessageCase> webSocket() {
    return cases("ws", "ok");
  }

  @Test
  void takesNoVectorForGranted() {
    assertThat(Vectors.streamMessages()).hasSize(15);
    assertThat(wellFormed()).hasSize(8);
    assertThat(incomplete()).hasSize(2);
    assertThat(accepted()).hasSize(1);
    assertThat(aborted()).hasSize(3);
    assertThat(webSocket()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void decodesAMessageOnTcpAndEncodesItBack(StreamMessageCase vector) throws Exception {
    StreamMessage message = TcpCodec.decode(vector.message());
    assertThat(fieldsOf(message)).isEqualTo(vector.decoded().orElseThrow());
    assertThat(TcpCodec.encode(message)).isEqualTo(vector.message());
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  void waitsForTheRestOfAnIncompleteMessage(StreamMessageCase vector) throws Exception {
    MessageFormatException refusal =
        catchThrowableOfType(MessageFormatException.class, () -> TcpCodec.decode(vector.message()));
    assertThat(refusal.reason()).isEqualTo(Reason.INCOMPLETE_MESSAGE);
    Deframer deframer = new Deframer(LIMIT);
    deframer.feed(vector.message());
    assertThat(deframer.next()).isEmpty();
    assertThat(deframer.isMidMessage()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void acceptsTheStartOfAConnection(StreamMessageCase vector) throws Exception {
    assertThat(connect(vector.message())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("aborted")
  void abortsAConnectionThatBreaksARule(StreamMessageCase vector) {
    assertThat(connect(vector.message())).isPresent();
  }

  @Test
  void abortsForTheReasonThatTheNoteOfAVectorStates() {
    assertThat(aborted().map(vector -> connect(vector.message()).orElseThrow()))
        .containsExactly(
            SignalException.Reason.MISSING_CSM,
            Reason.RESERVED_TKL,
            SignalException.Reason.UNKNOWN_CRITICAL_OPTION);
  }

  @ParameterizedTest
  @MethodSource("webSocket")
  void decodesAMessageOnAWebSocketAndEncodesItBack(StreamMessageCase vector) throws Exception {
    StreamMessage message = WsCodec.decode(vector.message());
    assertThat(fieldsOf(message)).isEqualTo(vector.decoded().orElseThrow());
    assertThat(WsCodec.encode(message)).isEqualTo(vector.message());
  }

  private static Stream<StreamMessageCase> cases(String transport, String expected) {
    return Vectors.streamMessages().stream()
        .filter(vector -> vector.transport().equals(transport))
        .filter(vector -> vector.expected().equals(expected));
  }

  /** Why a connection that begins with these octets is aborted; empty when it is not. */
  private static Optional<Object> connect(Bytes octets) {
    Deframer deframer = new Deframer(LIMIT);
    ConnectionStart start = new ConnectionStart();
    deframer.feed(octets);
    try {
      for (var next = deframer.next(); next.isPresent(); next = deframer.next()) {
        start.signal(next.get());
      }
      return Optional.empty();
    } catch (MessageFormatException malformed) {
      return Optional.of(malformed.reason());
    } catch (SignalException refused) {
      return Optional.of(refused.reason());
    }
  }

  private static DecodedMessage fieldsOf(StreamMessage message) {
    List<DecodedMessage.Field> options = new ArrayList<>();
    message
        .options()
        .forEach(option -> options.add(new DecodedMessage.Field(option.number(), option.value())));
    return new DecodedMessage(
        0, "", 0, message.code().toString(), message.token(), options, message.payload());
  }
}
