package dev.moat.coap.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.coap.message.Message;
import dev.moat.testkit.DecodedMessage;
import dev.moat.testkit.EchoFlow;
import dev.moat.testkit.UdpMessageCase;
import dev.moat.testkit.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UdpVectorsTest {
  /** The vectors call it malformed "for an implementation without RFC 8974". */
  private static final String NEEDS_RFC_8974 = "d-tkl13";

  static Stream<UdpMessageCase> wellFormed() {
    return Vectors.udpMessages().stream().filter(vector -> vector.errorClass().isEmpty());
  }

  static Stream<UdpMessageCase> malformed() {
    return Vectors.udpMessages().stream().filter(vector -> vector.errorClass().isPresent());
  }

  static Stream<EchoFlow.Step> echoSteps() {
    return Vectors.echoFlows().stream().flatMap(flow -> flow.steps().stream());
  }

  @Test
  void takesNoVectorForGranted() {
    assertThat(Vectors.udpMessages()).hasSize(104);
    assertThat(malformed()).hasSize(28);
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void decodesAWellFormedMessageAndEncodesItBack(UdpMessageCase vector) throws Exception {
    Message message = UdpCodec.decode(vector.message());
    assertThat(fieldsOf(message)).isEqualTo(vector.decoded().orElseThrow());
    assertThat(vector.reencodesIdentically()).isTrue();
    assertThat(UdpCodec.encode(message)).isEqualTo(vector.message());
    assertThat(UdpCodec.decode(vector.message(), TokenLengths.BASIC)).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesAMalformedMessageForTheStatedReason(UdpMessageCase vector) {
    TokenLengths lengths =
        vector.id().equals(NEEDS_RFC_8974) ? TokenLengths.BASIC : TokenLengths.EXTENDED;
    MessageFormatException refusal =
        catchThrowableOfType(
            MessageFormatException.class, () -> UdpCodec.decode(vector.message(), lengths));
    assertThat(refusal.reason().label()).isEqualTo(vector.errorClass().orElseThrow());
    assertThat(refusal.offset()).isBetween(0, vector.message().length());
  }

  @Test
  void decodesTheExtendedTokenOfRfc8974ByDefault() throws Exception {
    UdpMessageCase vector =
        malformed().filter(v -> v.id().equals(NEEDS_RFC_8974)).findFirst().orElseThrow();
    Message message = UdpCodec.decode(vector.message());
    assertThat(message.token().length()).isEqualTo(13);
    assertThat(UdpCodec.encode(message)).isEqualTo(vector.message());
  }

  @ParameterizedTest
  @MethodSource("echoSteps")
  void decodesTheMessagesOfTheEchoFlows(EchoFlow.Step step) throws Exception {
    Message message = UdpCodec.decode(step.message());
    assertThat(fieldsOf(message)).isEqualTo(step.decoded());
    assertThat(UdpCodec.encode(message)).isEqualTo(step.message());
  }

  private static DecodedMessage fieldsOf(Message message) {
    List<DecodedMessage.Field> options = new ArrayList<>();
    message
        .options()
        .forEach(option -> options.add(new DecodedMessage.Field(option.number(), option.value())));
    return new DecodedMessage(
        1,
        message.type().name(),
        message.messageId(),
        message.code().toString(),
        message.token(),
        options,
        message.payload());
  }
}
