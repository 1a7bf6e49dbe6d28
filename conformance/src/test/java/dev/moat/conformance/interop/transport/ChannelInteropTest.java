package dev.moat.conformance.interop.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.conformance.interop.Answer;
import dev.moat.conformance.interop.Call;
import dev.moat.conformance.interop.InteropClient;
import dev.moat.conformance.interop.InteropServer;
import dev.moat.conformance.interop.Store;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same cases for every channel and every pair of a client and a server that know it. */
@ParameterizedClass(name = "{0}: {1} client, {2} server")
@MethodSource("pairs")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ChannelInteropTest {
  private static final Bytes BODY = Store.longBody(64 * 1024);
  private static final String STATE = Store.STATE;

  private final Channel channel;
  private final ChannelStack clientStack;
  private final ChannelStack serverStack;
  private final Store store = new Store();
  private InteropServer server;
  private InteropClient client;

  ChannelInteropTest(Channel channel, ChannelStack clientStack, ChannelStack serverStack) {
    this.channel = channel;
    this.clientStack = clientStack;
    this.serverStack = serverStack;
  }

  /** Moat with itself, and both ways with every other stack, over every channel both know. */
  static Stream<Arguments> pairs() {
    return Arrays.stream(ChannelStack.values())
        .flatMap(other -> other.channels().stream().flatMap(channel -> bothWays(channel, other)));
  }

  private static Stream<Arguments> bothWays(Channel channel, ChannelStack other) {
    Stream<Arguments> there = Stream.of(Arguments.of(channel, ChannelStack.MOAT, other));
    return other == ChannelStack.MOAT
        ? there
        : Stream.concat(there, Stream.of(Arguments.of(channel, other, ChannelStack.MOAT)));
  }

  @BeforeParameterizedClassInvocation
  static void skipsWhatIsNotInstalled(
      Channel channel, ChannelStack clientStack, ChannelStack serverStack) {
    clientStack.assumeInstalled();
    serverStack.assumeInstalled();
  }

  @BeforeEach
  void startsBoth() throws Exception {
    server = serverStack.serve(channel, store);
    try {
      client = clientStack.open(channel, server.port());
    } catch (Exception | AssertionError failure) {
      server.close(); // which may be a process
      throw failure;
    }
  }

  @AfterEach
  void stopsBoth() {
    try {
      client.close();
    } finally {
      server.close();
    }
  }

  @Test
  void getsPutsAndDeletes() throws Exception {
    assertThat(client.call(Call.get(Store.ROOT)).code()).isEqualTo(Code.CONTENT);
    assertThat(client.call(Call.put("/store", "one")).code()).isEqualTo(Code.CREATED);
    assertThat(client.call(Call.put("/store", "two")).code()).isEqualTo(Code.CHANGED);
    assertThat(client.call(Call.get("/store")).text()).isEqualTo("two");
    assertThat(client.call(Call.delete("/store")).code()).isEqualTo(Code.DELETED);
    assertThat(client.call(Call.get("/store")).code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void carriesALongBodyUpAndDown() throws Exception {
    assertThat(client.call(Call.put("/large", BODY)).code()).isIn(Code.CREATED, Code.CHANGED);
    if (serverStack.servesStore()) {
      assertThat(store.stored("/large")).contains(BODY);
    }
    Answer answer = client.call(Call.get("/large"));
    assertThat(answer.code()).isEqualTo(Code.CONTENT);
    assertThat(answer.body()).isEqualTo(BODY);
  }

  @Test
  void observesUntilItCancels() throws Exception {
    place("state-0");
    InteropClient.Watch watch = client.observe(STATE);
    assertThat(watch.next()).isEqualTo("state-0");
    for (String state : new String[] {"state-1", "state-2", "state-3"}) {
      place(state);
      assertThat(watch.next()).isEqualTo(state);
    }
    watch.cancel();
    for (int change = 10; change <= 16; change++) {
      place("stray-" + change);
      TimeUnit.MILLISECONDS.sleep(40);
    }
    assertThat(watch.rest()).doesNotContain("stray-16");
  }

  /** Changes the state at the server where the test can, else by a PUT of a client. */
  private void place(String state) throws Exception {
    if (serverStack.servesStore()) {
      var unused = store.handle(Code.PUT, STATE, Bytes.utf8(state));
    } else {
      var unused = client.call(Call.put(STATE, state));
    }
  }
}
