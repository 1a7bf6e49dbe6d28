package dev.moat.coap.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.Options;
import dev.moat.coap.signal.Signal.Abort;
import dev.moat.coap.signal.Signal.Csm;
import dev.moat.coap.signal.SignalException.Reason;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** RFC 8323, Sections 3.3 and 3.4. */
class ConnectionStartTest {
  private final ConnectionStart start = new ConnectionStart();

  @Test
  void wantsACsmFirst() throws Exception {
    for (Code code : new Code[] {Code.GET, Code.CONTENT, Code.PING, Code.RELEASE, Code.of(7, 9)}) {
      SignalException refusal =
          catchThrowableOfType(SignalException.class, () -> start.signal(message(code)));
      assertThat(refusal.reason()).isEqualTo(Reason.MISSING_CSM);
      assertThat(refusal.answer().diagnostic())
          .isEqualTo("the first message must be a CSM (7.01), but it is " + code);
    }
    assertThat(start.isEstablished()).isFalse();
    assertThat(start.signal(message(Code.CSM))).contains(Csm.empty());
    assertThat(start.isEstablished()).isTrue();
    assertThat(start.signal(message(Code.GET))).isEmpty();
    assertThat(start.signal(message(Code.PING))).contains(new Signal.Ping(false));
  }

  @Test
  void isNotEstablishedByAnInvalidCsm() {
    StreamMessage invalid =
        new StreamMessage(Code.CSM, Bytes.empty(), Options.of(Option.uint(1, 1)), Bytes.empty());
    SignalException refusal =
        catchThrowableOfType(SignalException.class, () -> start.signal(invalid));
    assertThat(refusal.answer().badCsmOption()).hasValue(1);
    assertThat(start.isEstablished()).isFalse();
  }

  @Test
  void ignoresEmptyMessagesAtAnyTime() throws Exception {
    assertThat(start.signal(StreamMessage.empty())).isEmpty();
    assertThat(start.isEstablished()).isFalse();
  }

  @Test
  void hearsAnAbortAtAnyTime() throws Exception {
    assertThat(start.signal(message(Code.ABORT))).contains(Abort.because(""));
    assertThat(start.isEstablished()).isFalse();
  }

  @Test
  void addsUpWhatThePeerCanDo() {
    PeerCapabilities base = PeerCapabilities.base();
    assertThat(base).isEqualTo(new PeerCapabilities(1152, false, 8));
    PeerCapabilities blocks = base.updatedBy(new Csm(OptionalLong.empty(), true));
    assertThat(blocks.bert()).isFalse();
    PeerCapabilities larger =
        blocks.updatedBy(new Csm(OptionalLong.of(1153), false, OptionalInt.of(20)));
    assertThat(larger).isEqualTo(new PeerCapabilities(1153, true, 20));
    assertThat(larger.bert()).isTrue();
    assertThat(larger.updatedBy(Csm.empty())).isEqualTo(larger);
    assertThat(larger.updatedBy(new Csm(OptionalLong.of(1152), false)).bert()).isFalse();
    assertThat(base.updatedBy(new Csm(OptionalLong.of(4000), false)).bert()).isFalse();
  }

  private static StreamMessage message(Code code) {
    return new StreamMessage(code, Bytes.empty(), Options.none(), Bytes.empty());
  }
}
