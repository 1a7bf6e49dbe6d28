package dev.moat.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.MessageType;
import java.util.List;
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

/** The same cases for every pair of a client and a server. */
@ParameterizedClass(name = "{0} client, {1} server")
@MethodSource("pairs")
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class InteropTest {
  private static final Bytes BODY = Store.longBody(64 * 1024);

  /** Moat sends every sixth notification as a confirmable one. */
  private static final int MOST_STRAY_NOTIFICATIONS = 6;

  private final Stack clientStack;
  private final Stack serverStack;
  private Pairing pair;

  InteropTest(Stack clientStack, Stack serverStack) {
    this.clientStack = clientStack;
    this.serverStack = serverStack;
  }

  static Stream<Arguments> pairs() {
    List<Stack> others = List.of(Stack.CALIFORNIUM, Stack.JAVA_COAP, Stack.LIBCOAP, Stack.NODE);
    return Stream.concat(
        Stream.of(Arguments.of(Stack.MOAT, Stack.MOAT)),
        others.stream()
            .flatMap(o -> Stream.of(Arguments.of(Stack.MOAT, o), Arguments.of(o, Stack.MOAT))));
  }

  @BeforeParameterizedClassInvocation
  static void skipsWhatIsNotInstalled(Stack clientStack, Stack serverStack) {
    clientStack.assumeInstalled();
    serverStack.assumeInstalled();
  }

  @BeforeEach
  void startsBoth() throws Exception {
    pair = new Pairing(clientStack, serverStack);
  }

  @AfterEach
  void stopsBoth() {
    pair.close();
  }

  @Test
  void getsAResource() throws Exception {
    Answer answer = pair.call(Call.get(Store.ROOT));
    assertThat(answer.code()).isEqualTo(Code.CONTENT);
    assertThat(answer.text()).isNotEmpty();
  }

  @Test
  void createsChangesAndDeletesAResource() throws Exception {
    assertThat(pair.call(Call.put("/store", "one")).code()).isEqualTo(Code.CREATED);
    assertThat(pair.call(Call.get("/store")).text()).isEqualTo("one");
    assertThat(pair.call(Call.put("/store", "two")).code()).isEqualTo(Code.CHANGED);
    assertThat(pair.call(Call.post("/store", "three")).code()).isEqualTo(Code.CHANGED);
    assertThat(pair.call(Call.get("/store")).text()).isEqualTo("three");
    assertThat(pair.call(Call.delete("/store")).code()).isEqualTo(Code.DELETED);
    assertThat(pair.call(Call.get("/store")).code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void uploadsABodyInBlocks() throws Exception {
    if (serverStack.has(Stack.Quirk.JOINS_BLOCKS_BY_TOKEN)) {
      assertThat(pair.call(Call.put("/large", BODY)).code()).isEqualTo(Code.INTERNAL_SERVER_ERROR);
      return;
    }
    assertThat(pair.call(Call.put("/large", BODY)).code()).isIn(Code.CREATED, Code.CHANGED);
    assertThat(pair.read("/large")).isEqualTo(BODY);
  }

  @Test
  void downloadsABodyInBlocks() throws Exception {
    if (!serverStack.has(Stack.Quirk.JOINS_BLOCKS_BY_TOKEN)) { // that server has the body by itself
      pair.place("/large", BODY);
    }
    Answer answer = pair.call(Call.get("/large"));
    assertThat(answer.code()).isEqualTo(Code.CONTENT);
    assertThat(answer.body()).isEqualTo(BODY);
    assertThat(pair.tap().fromServer().count()).isGreaterThanOrEqualTo(BODY.length() / 1024);
  }

  @Test
  void observesAResourceUntilItCancels() throws Exception {
    pair.place(Store.STATE, Bytes.utf8("state-0"));
    InteropClient.Watch watch = pair.observe(Store.STATE);
    assertThat(watch.next()).isEqualTo("state-0");
    for (String state : new String[] {"state-1", "state-2", "state-3"}) {
      pair.place(Store.STATE, Bytes.utf8(state));
      assertThat(watch.next()).isEqualTo(state);
    }
    watch.cancel();
    assertThatNotificationsStop(watch);
  }

  /**
   * A client may cancel by refusing a notification (RFC 7641, Section 3.6), and some refuse only
   * confirmable ones: after a few changes the server has learned it and says no more.
   */
  private void assertThatNotificationsStop(InteropClient.Watch watch) throws Exception {
    for (int change = 10; change <= MOST_STRAY_NOTIFICATIONS + 10; change++) {
      pair.place(Store.STATE, Bytes.utf8("stray-" + change));
      TimeUnit.MILLISECONDS.sleep(40);
    }
    String last = "stray-" + (MOST_STRAY_NOTIFICATIONS + 10);
    assertThat(watch.rest()).doesNotContain(last);
    assertThat(pair.tap().fromServer()).noneMatch(datagram -> datagram.endsWith(last));
  }

  @Test
  void waitsForASeparateResponse() throws Exception {
    Answer answer = pair.call(Call.get(Store.ASYNC).withQuery("1"));
    assertThat(answer).isEqualTo(Answer.content(Bytes.utf8("done")));
    if (serverStack.has(Stack.Quirk.PIGGYBACKS_LATE)) {
      assertThat(pair.tap().lastResponse().type()).isEqualTo(MessageType.ACK);
      return;
    }
    assertThat(pair.tap().fromServer())
        .anyMatch(datagram -> datagram.type() == MessageType.ACK && datagram.code() == Code.EMPTY);
    assertThat(pair.tap().lastResponse().type()).isEqualTo(MessageType.CON);
  }

  @Test
  void exchangesNonConfirmableMessages() throws Exception {
    assertThat(pair.call(Call.get(Store.ROOT).nonConfirmable()).code()).isEqualTo(Code.CONTENT);
    assertThat(pair.tap().seen()).extracting(WireTap.Seen::type).containsOnly(MessageType.NON);
  }

  @Test
  void learnsThatAResourceDoesNotExist() throws Exception {
    assertThat(pair.call(Call.get("/nowhere")).code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void learnsThatAMethodIsNotAllowed() throws Exception {
    assertThat(pair.call(Call.put(Store.ROOT, "x")).code()).isEqualTo(Code.METHOD_NOT_ALLOWED);
  }

  @Test
  void learnsThatACriticalOptionIsNotUnderstood() throws Exception {
    Call call = Call.get(Store.ROOT).withUnknownCriticalOption();
    if (serverStack.has(Stack.Quirk.IGNORES_CRITICAL_OPTIONS)) {
      assertThat(pair.call(call).code()).isEqualTo(Code.CONTENT);
      return;
    }
    if (serverStack.has(Stack.Quirk.REPEATS_REFUSED_OPTION)) {
      assertThatThrownBy(() -> pair.call(call)).isInstanceOf(NoAnswer.class);
      assertThat(pair.tap().lastResponse().code()).isEqualTo(Code.BAD_OPTION);
      return;
    }
    assertThat(pair.call(call).code()).isEqualTo(Code.BAD_OPTION);
  }
}
