package dev.moat.endpoint.stack;

import static dev.moat.endpoint.stack.OscoreRig.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OSCORE end to end through a proxy that knows nothing of it (RFC 8613, Section 1), as a reverse
 * and as a forward proxy.
 */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class OscoreProxyTest {
  @Parameter boolean forward;

  private final OscoreRig rig = new OscoreRig();
  private MinimalProxy proxy;

  @BeforeEach
  void attach() {
    proxy = MinimalProxy.on(rig.wire, VirtualWire.SERVER);
  }

  private Request through(Code method, String path) {
    Request request = rig.to(MinimalProxy.DOWNSTREAM, method, path);
    return forward
        ? request
            .with(Option.text(OptionNumber.PROXY_SCHEME, "coap"))
            .with(Option.text(OptionNumber.URI_HOST, "lock.example"))
        : request;
  }

  @AfterEach
  void theProxySawNothingAndDidItsWork() {
    rig.assertNothingInClear();
    assertThat(proxy.forwardRequests > 0).isEqualTo(forward);
    assertThat(rig.wire.sent)
        .noneMatch(
            packet ->
                packet.from().equals(VirtualWire.CLIENT) && packet.to().equals(VirtualWire.SERVER));
  }

  @Test
  void gets() {
    assertThat(rig.response(through(Code.GET, "/lock")).payload().toUtf8()).isEqualTo(SECRET);
  }

  @Test
  void putsWithEcho() {
    Request put = through(Code.PUT, "/lock").withPayload(Bytes.utf8("locked"));
    assertThat(rig.response(put).code()).isEqualTo(Code.CHANGED);
    assertThat(rig.moved).containsExactly("locked");
  }

  @Test
  void carriesBlocks() {
    assertThat(rig.response(through(Code.GET, "/large")).payload()).isEqualTo(OscoreRig.large());
    Request put = through(Code.PUT, "/large").withPayload(OscoreRig.large());
    assertThat(rig.response(put).code()).isEqualTo(Code.CHANGED);
  }

  @Test
  void observes() {
    List<String> heard = new ArrayList<>();
    Notifications notifications =
        rig.observe(through(Code.GET, "/state").with(Option.uint(OptionNumber.OBSERVE, 0)), heard);
    rig.wire.pass(Duration.ofSeconds(5));
    rig.set("second");
    rig.wire.pass(Duration.ofSeconds(5));
    assertThat(heard).containsExactly(SECRET, "second");
    notifications.cancel();
    rig.wire.settle();
    assertThat(rig.state.observers()).isZero();
    assertThat(heard).endsWith("CANCELLED");
  }
}
