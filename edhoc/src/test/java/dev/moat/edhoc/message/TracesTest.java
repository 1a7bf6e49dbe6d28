package dev.moat.edhoc.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.Vectors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message and plaintext of the traces, read and written back. */
class TracesTest {
  static Stream<JsonNode> traces() {
    List<JsonNode> published = Vectors.load("edhoc-rfc9529-traces.json", node -> node);
    List<JsonNode> derived = Vectors.load("edhoc-derived-traces.json", node -> node);
    assertThat(published).hasSize(2);
    assertThat(derived).hasSize(21);
    return Stream.concat(published.stream(), derived.stream());
  }

  @ParameterizedTest
  @MethodSource("traces")
  void readsAndWritesMessage1(JsonNode trace) throws EdhocException {
    JsonNode values = trace.path("values");
    Message1 message = Message1.decode(Examples.hex(values, "message_1"));
    assertThat(message)
        .isEqualTo(
            new Message1(
                trace.path("method").asInt(),
                Examples.suites(trace.path("suites_i")),
                Examples.hex(values, "G_X"),
                new ConnectionId(Examples.hex(values, "C_I")),
                EadItems.decode(Examples.hex(values, "EAD_1"))));
    assertThat(message.suites().selected()).isEqualTo(trace.path("selected_suite").asInt());
    assertThat(message.gX(suite(trace))).isEqualTo(message.gX());
    assertThat(message.encoded()).isEqualTo(Examples.hex(values, "message_1"));
  }

  @ParameterizedTest
  @MethodSource("traces")
  void readsAndWritesMessage2(JsonNode trace) throws EdhocException {
    JsonNode values = trace.path("values");
    Bytes wire = Examples.hex(values, "message_2");
    Message2 message = Message2.decode(wire, suite(trace));
    assertThat(message.gY()).isEqualTo(Examples.hex(values, "G_Y"));
    assertThat(message.ciphertext2()).isEqualTo(Examples.hex(values, "CIPHERTEXT_2"));
    assertThat(message.encoded()).isEqualTo(wire);
    Bytes plaintext = Examples.hex(values, "PLAINTEXT_2");
    Plaintext2 read = Plaintext2.decode(plaintext, octets(trace, Role.RESPONDER));
    assertThat(read.cR().encoded()).isEqualTo(Examples.hex(values, "C_R_cbor"));
    assertThat(read.idCred()).isEqualTo(Examples.hex(values, "ID_CRED_R_cbor"));
    assertThat(read.signatureOrMac()).isEqualTo(Examples.hex(values, "Signature_or_MAC_2"));
    assertThat(read.ead().encoded()).isEqualTo(Examples.hex(values, "EAD_2"));
    assertThat(read.encoded()).isEqualTo(plaintext);
  }

  @ParameterizedTest
  @MethodSource("traces")
  void readsAndWritesMessage3(JsonNode trace) throws EdhocException {
    JsonNode values = trace.path("values");
    Bytes wire = Examples.hex(values, "message_3");
    Message3 message = Message3.decode(wire);
    assertThat(message.ciphertext3()).isEqualTo(Examples.hex(values, "CIPHERTEXT_3"));
    assertThat(message.encoded()).isEqualTo(wire);
    Bytes plaintext = Examples.hex(values, "PLAINTEXT_3");
    Plaintext3 read = Plaintext3.decode(plaintext, octets(trace, Role.INITIATOR));
    assertThat(read.idCred()).isEqualTo(Examples.hex(values, "ID_CRED_I_cbor"));
    assertThat(read.signatureOrMac()).isEqualTo(Examples.hex(values, "Signature_or_MAC_3"));
    assertThat(read.ead().encoded()).isEqualTo(Examples.hex(values, "EAD_3"));
    assertThat(read.encoded()).isEqualTo(plaintext);
  }

  @ParameterizedTest
  @MethodSource("traces")
  void readsAndWritesMessage4(JsonNode trace) throws EdhocException {
    JsonNode values = trace.path("values");
    Bytes wire = Examples.hex(values, "message_4");
    Message4 message = Message4.decode(wire);
    assertThat(message.ciphertext4()).isEqualTo(Examples.hex(values, "CIPHERTEXT_4"));
    assertThat(message.encoded()).isEqualTo(wire);
    Bytes plaintext = Examples.hex(values, "PLAINTEXT_4");
    assertThat(Plaintext4.decode(plaintext).encoded()).isEqualTo(plaintext);
  }

  private static CipherSuite suite(JsonNode trace) {
    return CipherSuites.standard().require(trace.path("selected_suite").asInt());
  }

  private static int octets(JsonNode trace, Role role) {
    Method method = Method.of(trace.path("method").asInt()).orElseThrow();
    return suite(trace).signatureOrMacOctets(method.of(role));
  }
}
