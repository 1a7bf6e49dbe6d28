package dev.moat.foe.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.stack.DatagramProtocol;
import dev.moat.endpoint.stack.LoopGate;
import dev.moat.endpoint.stack.OscoreConfig;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.SecuredBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Virtual time, and what only a clock that lies can show. */
class VirtualNetworkTest {
  private static final Peer CLIENT = Peer.of(Bytes.of(10, 0, 0, 1), 50_001);
  private static final Peer SERVER = Peer.of(Bytes.of(10, 0, 0, 2), 5683);
  private static final long MILLI = 1_000_000;
  private static final long HOUR = 3_600_000 * MILLI;

  private final VirtualNetwork network = new VirtualNetwork(10 * MILLI);

  @Test
  void runsActionsInTheOrderOfTheirTimesAndThenOfTheirCalls() {
    List<String> order = new ArrayList<>();
    network.after(20, () -> order.add("late"));
    network.after(10, () -> order.add("first"));
    network.after(10, () -> order.add("second"));
    assertThat(network.run(() -> order.size() == 3, 1000)).isTrue();
    assertThat(order).containsExactly("first", "second", "late");
    assertThat(network.nowNanos()).isEqualTo(20);
  }

  @Test
  void letsTimePassUpToTheLimitWhenNothingHappens() {
    assertThat(network.run(() -> false, 500)).isFalse();
    assertThat(network.nowNanos()).isEqualTo(500);
  }

  @Test
  void losesWhatIsSentToNobody() {
    network.send(CLIENT, SERVER, Bytes.of(1));
    assertThat(network.run(() -> false, 100 * MILLI)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> network.inside(SERVER, () -> {}));
  }

  /**
   * A challenge needs no agreement about time: two round trips, whatever the client's clock says.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("AT-20")
  void provesFreshnessToAServerWhoseClockIsYearsApart(boolean secured) {
    List<Bytes> requests = new ArrayList<>();
    Random random = new Random(1);
    var server =
        network.attach(
            SERVER,
            gate ->
                new Watched(
                    Stack.of(config(secured), router(), gate, random::nextBytes, EventSink.NONE),
                    requests));
    long tenYears = Duration.ofDays(3650).toNanos();
    Stack stack =
        Stack.of(
            config(secured), Router.of(), LoopGate.direct(), random::nextBytes, EventSink.NONE);
    var client = network.attach(CLIENT, gate -> new Shifted(stack, tenYears));
    assertThat(server).isNotSameAs(client);

    List<Outcome> outcomes = new ArrayList<>();
    network.inside(
        CLIENT,
        () -> {
          Request unlock = Request.to(SERVER, Code.PUT, "/lock").withPayload(Bytes.utf8("0"));
          Request sent = secured ? SecuredBy.secured(unlock, context(false)) : unlock;
          var unused = stack.request(sent, network.nowNanos() + tenYears).thenAccept(outcomes::add);
        });
    assertThat(network.run(() -> !outcomes.isEmpty(), HOUR)).isTrue();
    assertThat(
            outcomes.get(0).<Code>fold(r -> r.response().code(), n -> Code.EMPTY, u -> Code.EMPTY))
        .isEqualTo(Code.CHANGED);
    assertThat(requests).hasSize(2);
    assertThat(network.nowNanos()).isEqualTo(4 * 10 * MILLI);
  }

  private static StackConfig config(boolean secured) {
    if (!secured) {
      return StackConfig.defaults().withUnsecuredActuators(true);
    }
    ContextTable contexts = new ContextTable();
    contexts.add(context(true));
    return StackConfig.defaults().withOscore(OscoreConfig.of(contexts));
  }

  private static SecurityContext context(boolean ofServer) {
    try (SecretBytes secret = SecretBytes.copyOf(new byte[16]);
        ContextParameters parameters =
            ContextParameters.builder(
                    secret,
                    ofServer ? Bytes.of(2) : Bytes.of(1),
                    ofServer ? Bytes.of(1) : Bytes.of(2))
                .build()) {
      return SecurityContext.derive(
          parameters,
          JdkCrypto.create(),
          InsecureVolatileReservations.start(0),
          SecurityContext.Provenance.FRESH);
    }
  }

  private static Router router() {
    return Router.of(Resource.at("/lock").put(request -> Response.of(Code.CHANGED)));
  }

  /** A protocol whose clock runs ahead. */
  private record Shifted(DatagramProtocol protocol, long aheadNanos) implements DatagramProtocol {
    @Override
    public void onDatagram(Peer from, Bytes datagram, boolean multicast, long now) {
      protocol.onDatagram(from, datagram, multicast, now + aheadNanos);
    }

    @Override
    public void onSendFailed(Peer to, Bytes datagram, long now) {
      protocol.onSendFailed(to, datagram, now + aheadNanos);
    }

    @Override
    public void onTimeout(long now) {
      protocol.onTimeout(now + aheadNanos);
    }

    @Override
    public long nextTimeoutNanos() {
      long next = protocol.nextTimeoutNanos();
      return next == Long.MAX_VALUE ? next : next - aheadNanos;
    }

    @Override
    public void drainTo(Outgoing out) {
      protocol.drainTo(out);
    }

    @Override
    public void close(long now) {
      protocol.close(now + aheadNanos);
    }
  }

  /** A protocol that counts what reaches it. */
  private record Watched(DatagramProtocol protocol, List<Bytes> received)
      implements DatagramProtocol {
    @Override
    public void onDatagram(Peer from, Bytes datagram, boolean multicast, long now) {
      received.add(datagram);
      protocol.onDatagram(from, datagram, multicast, now);
    }

    @Override
    public void onSendFailed(Peer to, Bytes datagram, long now) {
      protocol.onSendFailed(to, datagram, now);
    }

    @Override
    public void onTimeout(long now) {
      protocol.onTimeout(now);
    }

    @Override
    public long nextTimeoutNanos() {
      return protocol.nextTimeoutNanos();
    }

    @Override
    public void drainTo(Outgoing out) {
      protocol.drainTo(out);
    }

    @Override
    public void close(long now) {
      protocol.close(now);
    }
  }
}
