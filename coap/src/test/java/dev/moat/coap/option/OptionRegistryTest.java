package dev.moat.coap.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.moat.bytes.Bytes;
import dev.moat.coap.ArbitraryMessages;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.testkit.Seeded;
import dev.moat.testkit.UdpMessageCase;
import dev.moat.testkit.Vectors;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OptionRegistryTest {
  private final OptionRegistry registry = OptionRegistry.standard();

  @Test
  void returnsTheSameOptionsWhenAllAreFine() {
    Options options = Options.of(Option.text(11, "a"), Option.text(11, "b"), Option.uint(12, 40));
    Recognised recognised = registry.recognise(options);
    assertThat(recognised.understood()).isSameAs(options);
    assertThat(recognised.isAcceptable()).isTrue();
  }

  @Test
  void allocatesNothingToFindThatAllAreFine() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Options options = Options.of(Option.text(11, "sensor"), Option.uint(6, 0), Option.uint(17, 60));
    boolean fine = registry.understandsAll(options);
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      fine &= registry.understandsAll(options);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(fine).isTrue();
    assertThat(allocated).isLessThan(1000);
  }

  @Test
  void losesNoOptionButUnprocessableElectiveOnes() {
    Seeded.check(
        500,
        arbitrary -> {
          Options options = ArbitraryMessages.options(arbitrary);
          Recognised recognised = registry.recognise(options);
          assertThat(registry.understandsAll(recognised.understood())).isTrue();
          assertThat(recognised.unprocessableCritical()).allMatch(Option::isCritical);
          long critical = options.toList().stream().filter(Option::isCritical).count();
          long kept = recognised.understood().toList().stream().filter(Option::isCritical).count();
          assertThat(kept + recognised.unprocessableCritical().size()).isEqualTo(critical);
        });
  }

  @Nested
  class Section541 {
    @Test
    void refusesUnknownCriticalOptions() {
      assertRefused(Option.uint(25, 100), Options.none());
    }

    @Test
    void dropsUnknownElectiveOptionsInSilence() {
      Options options = Options.of(Option.uint(24, 1), Option.text(11, "a"), Option.uint(24, 2));
      Recognised recognised = registry.recognise(options);
      assertThat(recognised.isAcceptable()).isTrue();
      assertThat(recognised.understood()).isEqualTo(Options.of(Option.text(11, "a")));
    }

    @Test
    void doesWhatTheVectorsNote() throws Exception {
      Map<String, Boolean> acceptable =
          Map.of(
              "cf-uriport-4bytes", false,
              "cf-unknown-critical", false,
              "cf-unknown-elective", true,
              "d-observe-leading-zero", true,
              "d-uri-path-too-long", false,
              "d-uri-path-bad-utf8", false,
              "d-uri-path-256", true,
              "rfc7252-fig18-1", true);
      int checked = 0;
      for (UdpMessageCase vector : Vectors.udpMessages()) {
        if (acceptable.containsKey(vector.id())) {
          Options options = UdpCodec.decode(vector.message()).options();
          assertThat(registry.recognise(options).isAcceptable())
              .as(vector.id())
              .isEqualTo(acceptable.get(vector.id()));
          checked++;
        }
      }
      assertThat(checked).isEqualTo(acceptable.size());
    }
  }

  @Nested
  class Section543 {
    @Test
    void treatsALengthOutOfRangeAsUnknown() {
      assertRefused(new Option(OptionNumber.URI_PORT, Bytes.of(0, 0, 1)), Options.none());
      assertRefused(new Option(OptionNumber.URI_HOST, Bytes.empty()), Options.none());
      assertRefused(new Option(OptionNumber.IF_NONE_MATCH, Bytes.of(1)), Options.none());
      assertRefused(new Option(OptionNumber.URI_PATH, Bytes.owned(new byte[256])), Options.none());
      Options tooLong = Options.of(new Option(OptionNumber.ETAG, Bytes.owned(new byte[9])));
      assertThat(registry.recognise(tooLong).understood()).isEqualTo(Options.none());
      assertThat(registry.recognise(tooLong).isAcceptable()).isTrue();
    }

    @Test
    void treatsTextThatIsNoUtf8AsUnknown() {
      assertRefused(new Option(OptionNumber.URI_PATH, Bytes.of(0xc3, 0x28)), Options.none());
    }
  }

  @Nested
  class Section545 {
    @Test
    void treatsSupernumeraryInstancesAsUnknown() {
      Option first = Option.uint(OptionNumber.ACCEPT, 0);
      Option second = Option.uint(OptionNumber.ACCEPT, 50);
      Recognised recognised = registry.recognise(Options.of(first, second));
      assertThat(recognised.understood()).isEqualTo(Options.of(first));
      assertThat(recognised.unprocessableCritical()).containsExactly(second);
    }

    @Test
    void keepsTheFirstOfSupernumeraryElectiveInstances() {
      Option first = Option.uint(OptionNumber.OBSERVE, 0);
      Recognised recognised =
          registry.recognise(Options.of(first, Option.uint(OptionNumber.OBSERVE, 1)));
      assertThat(recognised.understood()).isEqualTo(Options.of(first));
      assertThat(recognised.isAcceptable()).isTrue();
    }
  }

  @Nested
  class Definitions {
    @Test
    void findsEveryNumberOfTheRfcsByNumberAndByName() {
      assertThat(registry.definitions())
          .hasSize(27)
          .allSatisfy(
              definition -> {
                assertThat(registry.find(definition.number())).contains(definition);
                assertThat(registry.byName(definition.name().toLowerCase())).contains(definition);
              });
      assertThat(registry.find(2)).isEmpty();
      assertThat(registry.find(0xffff)).isEmpty();
      assertThat(registry.byName("X-Nothing")).isEmpty();
    }

    @Test
    void ordersEveryNumberOnce() {
      assertThat(registry.definitions().stream().map(OptionDefinition::number).toList())
          .isSorted()
          .doesNotHaveDuplicates();
    }

    @Test
    void classifiesOptionsAsRfc8613Does() {
      assertThat(registry.protectionOf(OptionNumber.URI_PATH)).isEqualTo(ProtectionClass.E);
      assertThat(registry.protectionOf(OptionNumber.URI_HOST)).isEqualTo(ProtectionClass.U);
      assertThat(registry.protectionOf(OptionNumber.OBSERVE)).isEqualTo(ProtectionClass.E_AND_U);
      assertThat(registry.protectionOf(65000)).isEqualTo(ProtectionClass.E);
      assertThat(ProtectionClass.E.isEncrypted()).isTrue();
      assertThat(ProtectionClass.E.isUnprotected()).isFalse();
      assertThat(ProtectionClass.E_AND_U.isUnprotected()).isTrue();
      assertThat(ProtectionClass.I.isIntegrityProtected()).isTrue();
    }

    @Test
    void takesAUsersOption() {
      OptionDefinition own =
          OptionDefinition.uint(65001, "Own", 1, 1).repeated().of(ProtectionClass.U);
      Options options = Options.of(Option.uint(65001, 7));
      assertThat(registry.recognise(options).isAcceptable()).isFalse();
      OptionRegistry extended = registry.with(own);
      assertThat(extended.recognise(options).isAcceptable()).isTrue();
      assertThat(extended.find(65001)).contains(own);
      assertThat(registry.find(65001)).isEmpty();
    }

    @Test
    void replacesAndRemovesADefinition() {
      OptionRegistry wider = registry.with(OptionDefinition.opaque(4, "ETag", 1, 16).repeated());
      assertThat(wider.definitions()).hasSize(27);
      assertThat(wider.find(4).orElseThrow().maxOctets()).isEqualTo(16);
      assertThat(wider.with(OptionDefinition.empty(2, "Two")).definitions().get(1).number())
          .isEqualTo(2);
      assertThat(
              registry
                  .without(OptionNumber.BLOCK1)
                  .understandsAll(Options.of(Option.uint(OptionNumber.BLOCK1, 0))))
          .isFalse();
    }

    @Test
    void refusesImpossibleDefinitions() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OptionDefinition.empty(65536, "x"))
          .withMessageContaining("16-bit");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OptionDefinition.empty(-1, "x"))
          .withMessageContaining("16-bit");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OptionDefinition.opaque(1, "x", 2, 1))
          .withMessageContaining("no length");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OptionDefinition.opaque(1, "x", -1, 1))
          .withMessageContaining("no length");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OptionDefinition.uint(1, "x", 0, 8))
          .withMessageContaining("7 octets");
    }
  }

  @Test
  void describesOptionsForPeopleWithoutControlCharacters() {
    assertThat(registry.describe(Option.uint(OptionNumber.URI_PORT, 5683)))
        .isEqualTo("Uri-Port: 5683");
    assertThat(registry.describe(Option.text(OptionNumber.URI_PATH, "a\u001b[2J\"\\é")))
        .isEqualTo("Uri-Path: \"a\\u001b[2J\\u0022\\u005cé\"");
    assertThat(registry.describe(new Option(OptionNumber.URI_PATH, Bytes.of(0xff))))
        .isEqualTo("Uri-Path: 0xff");
    assertThat(registry.describe(Option.uint(OptionNumber.IF_NONE_MATCH, 0)))
        .isEqualTo("If-None-Match");
    assertThat(registry.describe(Option.uint(OptionNumber.IF_NONE_MATCH, 1)))
        .isEqualTo("If-None-Match: 0x01");
    assertThat(registry.describe(new Option(OptionNumber.SIZE1, Bytes.owned(new byte[9]))))
        .isEqualTo("Size1: 0x000000000000000000");
    assertThat(registry.describe(Option.uint(65001, 10))).isEqualTo("65001: 0x0a");
    assertThat(registry.nameOf(OptionNumber.ECHO)).isEqualTo("Echo");
    assertThat(registry.nameOf(2)).isEqualTo("2");
  }

  private void assertRefused(Option option, Options understood) {
    Recognised recognised = registry.recognise(Options.of(option));
    assertThat(recognised.isAcceptable()).isFalse();
    assertThat(recognised.unprocessableCritical()).containsExactly(option);
    assertThat(recognised.understood()).isEqualTo(understood);
  }

  @Test
  void ignoresTheValueOfTheEdhocOption() {
    Options options = Options.of(new Option(OptionNumber.EDHOC, Bytes.of(1, 2)));
    assertThat(OptionRegistry.standard().understandsAll(options)).isTrue();
    Options twice = options.plus(new Option(OptionNumber.EDHOC, Bytes.empty()));
    assertThat(OptionRegistry.standard().recognise(twice).unprocessableCritical()).hasSize(1);
  }
}
