package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.suite.Method;
import dev.moat.endpoint.EdhocFixture;
import dev.moat.oscore.rekey.ContextOnDemand;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * EDHOC, and OSCORE behind it, through a proxy that knows neither and puts another token, Message
 * ID and port on every message (RFC 9528, Appendix A.2), as a reverse and as a forward proxy.
 */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class EdhocProxyTest {
  @Parameter boolean forward;

  private final EdhocRig rig =
      new EdhocRig(
          EdhocServerConfig.builder(EdhocFixture.server().build(), EdhocFixture.rules())
              .reverse(Method.DH_DH)
              .build(),
          StackConfig.defaults());
  private final MinimalProxy proxy = MinimalProxy.on(rig.wire, VirtualWire.SERVER);

  private static EdhocClientConfig.Builder initiating() {
    return EdhocClientConfig.forward(
        EdhocFixture.client().build(), EdhocFixture.rules(), Method.DH_DH);
  }

  private Request put(ContextOnDemand context, String payload) {
    Request request = EdhocRig.put(MinimalProxy.DOWNSTREAM, context, payload);
    return forward
        ? request
            .with(Option.text(OptionNumber.PROXY_SCHEME, "coap"))
            .with(Option.text(OptionNumber.URI_HOST, "lock.example"))
        : request;
  }

  private void assertPasses(EdhocClientConfig.Builder config, int requests) {
    ContextOnDemand context = rig.context(config.build());
    rig.assertTurned(put(context, "0"));
    rig.assertTurned(put(context, "1"));
    assertThat(rig.moved).containsExactly("0", "1");
    assertThat(rig.edhoc.contexts().all()).hasSize(1);
    var fromClient =
        rig.wire.sent.stream()
            .filter(packet -> packet.from().equals(VirtualWire.CLIENT))
            .filter(packet -> packet.message().code().isRequest())
            .toList();
    assertThat(fromClient)
        .hasSize(requests)
        .allMatch(packet -> packet.to().equals(MinimalProxy.DOWNSTREAM))
        .allMatch(packet -> packet.message().options().has(OptionNumber.PROXY_SCHEME) == forward);
    assertThat(proxy.forwardRequests).isEqualTo(forward ? requests : 0);
  }

  @Test
  @Tag("LK-014")
  void sequential() {
    assertPasses(initiating(), 4);
  }

  @Test
  @Tag("LK-014")
  void combined() {
    assertPasses(initiating().combined(), 3);
  }

  @Test
  @Tag("LK-014")
  void inReverse() {
    assertPasses(EdhocClientConfig.reverse(EdhocFixture.client().build(), EdhocFixture.rules()), 4);
  }
}
