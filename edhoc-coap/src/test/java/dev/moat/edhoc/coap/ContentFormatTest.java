package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.suite.Method;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 9528, Appendix A.2: the option is demanded of error responses alone. */
class ContentFormatTest {
  private static EdhocSettings.Builder client() {
    return Parties.settings(Parties.CLIENT, Parties.SERVER);
  }

  private static EdhocClientConfig.Builder forward() {
    return EdhocClientConfig.forward(client().build(), Parties.rules(), Method.DH_DH);
  }

  /** Runs a handshake and a request, and gives the formats of what went by before OSCORE. */
  private static List<Long> formats(
      EdhocServerConfig.Builder serverConfig, EdhocClientConfig.Builder clientConfig) {
    Rig rig = new Rig(serverConfig.build());
    ContextOnDemand context = new ContextOnDemand(rig.client(clientConfig.build()));
    assertThat(rig.put(context, "0")).isEqualTo(Code.CHANGED);
    return Stream.concat(
            rig.sent.stream().map(request -> request.options()),
            rig.given.stream().map(response -> response.options()))
        .filter(options -> !options.has(OptionNumber.OSCORE))
        .flatMap(options -> options.contentFormat().stream().boxed())
        .toList();
  }

  @Test
  void isSentByDefault() {
    assertThat(formats(Rig.serverConfig(), forward())).containsExactly(65L, 65L, 64L);
  }

  @Test
  @Tag("LK-112")
  void mayBeLeftAwayInTheForwardFlow() {
    assertThat(formats(Rig.serverConfig().withoutContentFormat(), forward().withoutContentFormat()))
        .isEmpty();
  }

  @Test
  @Tag("LK-112")
  void mayBeLeftAwayInTheReverseFlow() {
    assertThat(
            formats(
                Rig.serverConfig().reverse(Method.DH_DH).withoutContentFormat(),
                EdhocClientConfig.reverse(client().build(), Parties.rules())
                    .withoutContentFormat()))
        .isEmpty();
  }

  @Test
  void mayBeLeftAwayWithMessage4() {
    EdhocServerConfig.Builder server =
        EdhocServerConfig.builder(
            Parties.settings(Parties.SERVER, Parties.CLIENT).message4().build(), Parties.rules());
    EdhocClientConfig.Builder forward =
        EdhocClientConfig.forward(client().message4().build(), Parties.rules(), Method.DH_DH);
    assertThat(formats(server.withoutContentFormat(), forward.withoutContentFormat())).isEmpty();
  }

  @Test
  void isLeftAwayByWhoeverWantsTo() {
    assertThat(formats(Rig.serverConfig(), forward().withoutContentFormat())).containsExactly(64L);
    assertThat(formats(Rig.serverConfig().withoutContentFormat(), forward()))
        .containsExactly(65L, 65L);
  }

  @Test
  void isLeftAwayWhereMessage3DoesNotFitIntoTheFirstRequest() {
    Rig rig = new Rig(Rig.serverConfig().withoutContentFormat().build());
    ContextOnDemand context =
        new ContextOnDemand(rig.client(forward().combined().withoutContentFormat().build()));
    assertThat(rig.answer(context, Code.PUT, "x".repeat(1100)).code()).isEqualTo(Code.CHANGED);
    assertThat(rig.sent).hasSize(3);
    assertThat(rig.sent).noneMatch(request -> request.options().has(OptionNumber.CONTENT_FORMAT));
  }

  /** Appendix A.2.3: "The Content-Format of the error response MUST be set". */
  @Test
  void staysWithErrors() {
    Rig rig = new Rig(Rig.serverConfig().withoutContentFormat().build());
    Response error = rig.post(Rig.CLIENT, new EdhocBody.First(Bytes.of(0x03)));
    assertThat(error.code()).isEqualTo(Code.BAD_REQUEST);
    assertThat(error.options().contentFormat()).hasValue(64);
  }
}
