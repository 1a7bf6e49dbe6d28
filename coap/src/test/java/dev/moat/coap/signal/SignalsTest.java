package dev.moat.coap.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.coap.ArbitraryMessages;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.codec.TcpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.Options;
import dev.moat.coap.signal.Signal.Abort;
import dev.moat.coap.signal.Signal.Csm;
import dev.moat.coap.signal.Signal.Ping;
import dev.moat.coap.signal.Signal.Pong;
import dev.moat.coap.signal.Signal.Release;
import dev.moat.coap.signal.SignalException.Reason;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SignalsTest {
  @Test
  void readsWhatItWrites() {
    Seeded.check(
        500,
        arbitrary -> {
          Signal signal = signal(arbitrary);
          Bytes token = arbitrary.random().bytes(arbitrary.between(0, 8));
          StreamMessage message = Signals.write(signal, token);
          assertThat(message.code()).isEqualTo(signal.code());
          assertThat(message.token()).isEqualTo(token);
          assertThat(TcpCodec.decode(TcpCodec.encode(message))).isEqualTo(message);
          assertThat(Signals.read(message)).isEqualTo(signal);
        });
  }

  @Test
  void readsOrRefusesAnySignallingMessage() {
    Set<Reason> met = EnumSet.noneOf(Reason.class);
    Seeded.check(
        2000,
        arbitrary -> {
          StreamMessage message =
              new StreamMessage(
                  Code.of(7, arbitrary.between(0, 7)),
                  Bytes.empty(),
                  ArbitraryMessages.options(arbitrary),
                  arbitrary.bytes(40));
          try {
            Signal signal = Signals.read(message);
            assertThat(Signals.read(Signals.write(signal))).isEqualTo(signal);
          } catch (SignalException refusal) {
            met.add(refusal.reason());
            assertThat(refusal.getStackTrace()).isEmpty();
            assertThat(Signals.read(Signals.write(refusal.answer()))).isEqualTo(refusal.answer());
          }
        });
    assertThat(met).isEqualTo(EnumSet.of(Reason.UNKNOWN_CODE, Reason.UNKNOWN_CRITICAL_OPTION));
  }

  @Nested
  class Section52 {
    @Test
    void abortsForAnUnknownCriticalOptionAndNamesIt() {
      SignalException refusal = refusal(Code.CSM, new Option(9, Bytes.of(1)));
      assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN_CRITICAL_OPTION);
      assertThat(refusal.code()).isEqualTo(Code.CSM);
      assertThat(refusal.optionNumber()).hasValue(9);
      assertThat(refusal).hasMessage("unknown critical option 9 in 7.01 CSM");
      assertThat(refusal.answer())
          .isEqualTo(new Abort(OptionalInt.of(9), "unknown critical option 9 in 7.01 CSM"));
    }

    @Test
    void namesABadCsmOptionOnlyWhenItStoodInACsm() {
      SignalException refusal = refusal(Code.PING, new Option(9, Bytes.of(1)));
      assertThat(refusal.optionNumber()).hasValue(9);
      assertThat(refusal.answer().badCsmOption()).isEmpty();
    }

    @Test
    void ignoresUnknownElectiveOptions() throws Exception {
      for (int detail = 1; detail <= 5; detail++) {
        Signal plain = read(Code.of(7, detail));
        assertThat(read(Code.of(7, detail), new Option(100, Bytes.of(1)))).isEqualTo(plain);
      }
    }

    @Test
    void givesEachCodeItsOwnNumbers() throws Exception {
      Option two = Option.uint(2, 7);
      assertThat(read(Code.CSM, two)).isEqualTo(new Csm(OptionalLong.of(7), false));
      assertThat(read(Code.ABORT, two)).isEqualTo(new Abort(OptionalInt.of(7), ""));
      assertThat(read(Code.PING, Option.text(2, ""))).isEqualTo(new Ping(true));
      assertThat(SignalOption.registry(Code.RELEASE).nameOf(2)).isEqualTo("Alternative-Address");
      assertThat(SignalOption.registry(Code.GET).nameOf(2)).isEqualTo("2");
    }

    @Test
    void refusesCodesThatAreNotAssigned() {
      for (int detail : new int[] {0, 6, 31}) {
        SignalException refusal = refusal(Code.of(7, detail));
        assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN_CODE);
        assertThat(refusal.optionNumber()).isEmpty();
        assertThat(refusal.answer().diagnostic()).contains(Code.of(7, detail).toString());
      }
    }

    @Test
    void readsSignallingMessagesOnly() {
      assertThatIllegalArgumentException().isThrownBy(() -> read(Code.GET));
    }
  }

  @Nested
  class Section53 {
    @Test
    void readsCapabilities() throws Exception {
      assertThat(read(Code.CSM)).isEqualTo(Csm.empty());
      assertThat(
              read(
                  Code.CSM,
                  Option.uint(2, 0xffff_ffffL),
                  new Option(4, Bytes.empty()),
                  Option.uint(6, 12)))
          .isEqualTo(new Csm(OptionalLong.of(0xffff_ffffL), true, OptionalInt.of(12)));
    }

    @Test
    void ignoresElectiveOptionsOfIllegalLength() throws Exception {
      assertThat(read(Code.CSM, new Option(2, Bytes.of(1, 2, 3, 4, 5)), new Option(4, Bytes.of(0))))
          .isEqualTo(Csm.empty());
    }

    @Test
    void takesTheFirstOfARepeatedOption() throws Exception {
      assertThat(read(Code.CSM, Option.uint(2, 5), Option.uint(2, 6)))
          .isEqualTo(new Csm(OptionalLong.of(5), false));
    }

    @Test
    void keepsTheTokenLengthWithinItsRange() throws Exception {
      assertThat(read(Code.CSM, Option.uint(6, 7))).isEqualTo(Csm.empty());
      assertThat(read(Code.CSM, Option.uint(6, 65_805)))
          .isEqualTo(new Csm(OptionalLong.empty(), false, OptionalInt.of(65_804)));
    }

    @Test
    void statesNothingOutOfRange() {
      assertOutOfRange(() -> new Csm(OptionalLong.of(-1), false));
      assertOutOfRange(() -> new Csm(OptionalLong.of(1L << 32), false));
      assertOutOfRange(() -> new Csm(OptionalLong.empty(), false, OptionalInt.of(7)));
      assertOutOfRange(() -> new Csm(OptionalLong.empty(), false, OptionalInt.of(65_805)));
    }
  }

  @Nested
  class Section54 {
    @Test
    void writesFigures11And12() {
      Bytes token = Bytes.of(0x42);
      assertThat(octets(new Ping(false), token)).isEqualTo("01e242");
      assertThat(octets(new Pong(false), token)).isEqualTo("01e342");
      assertThat(octets(new Pong(true), token)).isEqualTo("11e34220");
    }
  }

  @Nested
  class Section55 {
    @Test
    void readsAddressesInTheirOrder() throws Exception {
      Signal release =
          read(
              Code.RELEASE,
              Option.text(2, "b.example"),
              Option.text(2, "a.example:99"),
              Option.text(2, ""),
              Option.uint(4, 10));
      assertThat(release)
          .isEqualTo(new Release(List.of("b.example", "a.example:99"), OptionalLong.of(10), ""));
    }

    @Test
    void statesNothingOutOfRange() {
      assertOutOfRange(() -> new Release(List.of(""), OptionalLong.empty(), ""));
      assertOutOfRange(() -> new Release(List.of("a".repeat(256)), OptionalLong.empty(), ""));
      assertOutOfRange(() -> new Release(List.of(), OptionalLong.of(-1), ""));
      assertOutOfRange(() -> new Release(List.of(), OptionalLong.of(1 << 24), ""));
    }
  }

  @Nested
  class Section56 {
    @Test
    void carriesTheReason() throws Exception {
      StreamMessage message = Signals.write(Abort.because("late"));
      assertThat(message.payload().toUtf8()).isEqualTo("late");
      assertThat(Signals.read(message)).isEqualTo(new Abort(OptionalInt.empty(), "late"));
    }

    @Test
    void statesNothingOutOfRange() {
      assertOutOfRange(() -> new Abort(OptionalInt.of(-1), ""));
      assertOutOfRange(() -> new Abort(OptionalInt.of(0x1_0000), ""));
    }
  }

  private static Signal signal(Arbitrary arbitrary) {
    OptionalLong number =
        arbitrary.chance(50)
            ? OptionalLong.empty()
            : OptionalLong.of(arbitrary.between(0, 0xff_ffff));
    boolean flag = arbitrary.chance(50);
    return switch (arbitrary.between(1, 5)) {
      case 1 -> new Csm(number, flag, flag ? OptionalInt.of(65_804) : OptionalInt.empty());
      case 2 -> new Ping(flag);
      case 3 -> new Pong(flag);
      case 4 -> new Release(flag ? List.of("a", "b:1") : List.of(), number, arbitrary.text(20));
      default ->
          new Abort(
              flag ? OptionalInt.of(arbitrary.between(0, 0xffff)) : OptionalInt.empty(),
              arbitrary.text(20));
    };
  }

  private static String octets(Signal signal, Bytes token) {
    return TcpCodec.encode(Signals.write(signal, token)).toHex();
  }

  private static Signal read(Code code, Option... options) throws SignalException {
    return Signals.read(message(code, options));
  }

  private static SignalException refusal(Code code, Option... options) {
    return catchThrowableOfType(SignalException.class, () -> read(code, options));
  }

  private static StreamMessage message(Code code, Option... options) {
    return new StreamMessage(code, Bytes.empty(), Options.of(options), Bytes.empty());
  }

  private static void assertOutOfRange(Runnable construction) {
    assertThatIllegalArgumentException().isThrownBy(construction::run);
  }
}
