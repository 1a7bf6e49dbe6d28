package dev.moat.coap.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.uri.UriFormatException.Reason;
import dev.moat.testkit.Seeded;
import dev.moat.testkit.UriCase;
import dev.moat.testkit.Vectors;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoapUriTest {
  private static final Set<Reason> REFUSED = EnumSet.noneOf(Reason.class);

  @AfterAll
  static void reachesEveryReason() {
    assertThat(REFUSED).containsExactlyInAnyOrder(Reason.values());
  }

  static List<UriCase> vectors() {
    return Vectors.uris();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithTheVectors(UriCase vector) {
    if (vector.direction() == UriCase.Direction.REJECT) {
      assertThat(refusal(vector.uri())).isNotNull();
      return;
    }
    CoapUri uri = CoapUri.parse(vector.uri());
    Options options = uri.options();
    assertThat(uri.port()).isEqualTo(vector.destinationPort().orElseThrow());
    assertThat(options.first(OptionNumber.URI_HOST).map(Bytes::toUtf8)).isEqualTo(vector.uriHost());
    assertThat(options.has(OptionNumber.URI_PORT)).isEqualTo(vector.uriPort().isPresent());
    vector.uriPath().ifPresent(path -> assertThat(options.uriPath()).isEqualTo(path));
    assertThat(options.uriQuery()).isEqualTo(vector.uriQuery());
    if (vector.direction() == UriCase.Direction.BOTH) {
      CoapUri composed = CoapUri.of(uri.scheme(), uri.host(), uri.port(), options);
      assertThat(composed).hasToString(vector.uri());
    }
  }

  @Test
  void readsBackWhatItWrites() {
    Seeded.check(
        500,
        arbitrary -> {
          List<String> path = new ArrayList<>();
          List<String> query = new ArrayList<>();
          for (int i = arbitrary.between(0, 4); i > 0; i--) {
            path.add(arbitrary.text(12));
            query.add(arbitrary.text(12));
          }
          path.removeIf(segment -> segment.equals(".") || segment.equals(".."));
          String host = arbitrary.pick(List.of("h%é", "::1", "fe80::1%en 0", "192.0.2.1", "a.b"));
          Scheme scheme = arbitrary.pick(List.of(Scheme.values()));
          CoapUri uri = new CoapUri(scheme, host, arbitrary.between(1, 0xffff), path, query);
          assertThat(CoapUri.parse(uri.toString())).isEqualTo(uri);
          assertThat(CoapUri.of(scheme, host, uri.port(), uri.options())).isEqualTo(uri);
        });
  }

  @Test
  void endsInAReasonForWhateverText() {
    Set<Reason> met = EnumSet.noneOf(Reason.class);
    String seed = "coap://user@[fe80::1%25e]:5683/a/../%C3%A9//?b=%2F&c#d" + "x".repeat(300);
    Seeded.check(
        3000,
        arbitrary -> {
          int start = arbitrary.between(0, 1);
          String text = seed.substring(0, arbitrary.between(7, seed.length()));
          String damaged = arbitrary.damaged(Bytes.utf8(text)).toUtf8() + arbitrary.text(2);
          try {
            CoapUri uri = CoapUri.parse(damaged.substring(start * damaged.length() / 20));
            assertThat(CoapUri.parse(uri.toString())).isEqualTo(uri);
          } catch (UriFormatException refusal) {
            met.add(refusal.reason());
            assertThat(refusal.position()).isBetween(0, damaged.length());
          }
        });
    assertThat(met).contains(Reason.USER_INFORMATION, Reason.NOT_ABSOLUTE, Reason.FRAGMENT);
  }

  @Nested
  class Section64 {
    @Test
    void refusesWhatIsNoCoapUriAndSaysWhere() {
      assertRefused("/relative", Reason.NOT_ABSOLUTE, 0);
      assertRefused("://host", Reason.NOT_ABSOLUTE, 0);
      assertRefused("coap:host", Reason.NOT_ABSOLUTE, 0);
      assertRefused("http://host", Reason.UNKNOWN_SCHEME, 0);
      assertRefused("coap://host/a#b", Reason.FRAGMENT, 13);
      assertRefused("coap://me@host/", Reason.USER_INFORMATION, 9);
      assertRefused("coap:///a", Reason.EMPTY_HOST, 7);
      assertRefused("coap://:5683/a", Reason.EMPTY_HOST, 7);
      assertRefused("coap://[::1", Reason.BAD_IP_LITERAL, 7);
      assertRefused("coap://[::1/]", Reason.BAD_IP_LITERAL, 7);
      assertRefused("coap://[1.2.3.4]/", Reason.BAD_IP_LITERAL, 7);
      assertRefused("coap://[::g]/", Reason.BAD_IP_LITERAL, 7);
      assertRefused("coap://[fe80::1%]/", Reason.BAD_IP_LITERAL, 15);
      assertRefused("coap://a%3Ab/", Reason.BAD_IP_LITERAL, 0);
      assertRefused("coap://foo:100000", Reason.BAD_PORT, 10);
      assertRefused("coap://foo:0", Reason.BAD_PORT, 10);
      assertRefused("coap://foo:1x", Reason.BAD_PORT, 10);
      assertRefused("coap://foo:-1", Reason.BAD_PORT, 10);
      assertRefused("coap://foo:99999999999999", Reason.BAD_PORT, 10);
      assertRefused("coap://[::1]x/", Reason.BAD_PORT, 12);
      assertRefused("coap://h/a b", Reason.ILLEGAL_CHARACTER, 10);
      assertRefused("coap://h/é", Reason.ILLEGAL_CHARACTER, 9);
      assertRefused("coap://h/%4", Reason.BAD_PERCENT_ENCODING, 9);
      assertRefused("coap://h/%4g", Reason.BAD_PERCENT_ENCODING, 9);
      assertRefused("coap://h/%g4", Reason.BAD_PERCENT_ENCODING, 9);
      assertRefused("coap://h/%C3%28", Reason.NOT_UTF8, 9);
      assertRefused("coap://h/" + "a".repeat(256), Reason.TOO_LONG, 9);
    }

    @Test
    void resolvesDotSegmentsAlsoWhenEncoded() {
      assertThat(path("coap://h/a/./b/../c")).containsExactly("a", "c");
      assertThat(path("coap://h/a/b/..")).containsExactly("a", "");
      assertThat(path("coap://h/a/.")).containsExactly("a", "");
      assertThat(path("coap://h/%2e%2E/a")).containsExactly("a");
      assertThat(path("coap://h/../..")).isEmpty();
    }

    @Test
    void leavesOutWhatTheDestinationSays() {
      CoapUri uri = CoapUri.parse("COAP://Example.NET:1234/");
      assertThat(uri.options()).isEqualTo(Options.of(Option.text(3, "example.net")));
      assertThat(uri.options(5683).uint(OptionNumber.URI_PORT)).hasValue(1234);
      assertThat(CoapUri.parse("coap://192.0.2.1/").options()).isEqualTo(Options.none());
      assertThat(CoapUri.parse("coap://h:/?").query()).containsExactly("");
      assertThat(CoapUri.parse("coap://h?a&&b").query()).containsExactly("a", "", "b");
    }

    @Test
    void knowsSchemesAndTheirPorts() {
      assertThat(CoapUri.parse("coaps://h").port()).isEqualTo(5684);
      assertThat(CoapUri.parse("coap+tcp://h").port()).isEqualTo(5683);
      assertThat(CoapUri.parse("coaps+tcp://h").port()).isEqualTo(5684);
      assertThat(CoapUri.parse("coap+ws://h").port()).isEqualTo(80);
      assertThat(CoapUri.parse("coaps+ws://h").port()).isEqualTo(443);
      assertThat(Scheme.COAPS.isSecured()).isTrue();
      assertThat(Scheme.of("coapx")).isEmpty();
    }
  }

  @Nested
  class Section65 {
    @Test
    void composesFromOptionsAndDestination() {
      Options options = Options.of(Option.uint(7, 1234), Option.text(11, "a/b"));
      assertThat(CoapUri.of(Scheme.COAPS, "[2001:DB8::1]", 5684, options))
          .hasToString("coaps://[2001:db8::1]:1234/a%2Fb");
      assertThat(CoapUri.of(Scheme.COAP, "192.0.2.1", 5683, Options.none()))
          .hasToString("coap://192.0.2.1/");
    }

    @Test
    void failsWhereOptionsFormNoUri() {
      assertNoUri(Options.of(Option.uint(7, 65536)), Reason.BAD_PORT);
      assertNoUri(Options.of(Option.uint(7, 0)), Reason.BAD_PORT);
      assertNoUri(Options.of(Option.text(3, "")), Reason.EMPTY_HOST);
      assertNoUri(Options.of(Option.text(3, "[x")), null);
      assertNoUri(Options.of(Option.text(3, "a:b")), Reason.BAD_IP_LITERAL);
      assertNoUri(Options.of(Option.text(3, "::1%")), Reason.BAD_IP_LITERAL);
      assertNoUri(Options.of(Option.text(3, "h".repeat(256))), Reason.TOO_LONG);
      assertNoUri(Options.of(Option.text(11, ".")), Reason.DOT_SEGMENT);
      assertNoUri(Options.of(Option.text(11, "..")), Reason.DOT_SEGMENT);
      assertNoUri(Options.of(Option.text(11, "é".repeat(128))), Reason.TOO_LONG);
      assertNoUri(Options.of(Option.text(15, "q".repeat(256))), Reason.TOO_LONG);
    }

    private void assertNoUri(Options options, Reason reason) {
      UriFormatException refusal =
          catchThrowableOfType(
              UriFormatException.class, () -> CoapUri.of(Scheme.COAP, "h", 5683, options));
      if (reason == null) {
        assertThat(refusal).isNull();
      } else {
        assertThat(refusal.reason()).isEqualTo(reason);
        REFUSED.add(reason);
      }
    }
  }

  @Nested
  class Hosts {
    @Test
    void giveTheirAddressWithoutResolvingNames() {
      assertThat(CoapUri.parse("coap://192.0.2.1/").address()).contains(Bytes.of(192, 0, 2, 1));
      assertThat(CoapUri.parse("coap://[::1]/").address().orElseThrow().length()).isEqualTo(16);
      assertThat(CoapUri.parse("coap://a%25b/").address()).isEmpty();
      assertThat(CoapUri.parse("coap://h/").address()).isEmpty();
      assertThat(CoapUri.parse("coap://h/").zone()).isEmpty();
      assertThat(CoapUri.parse("coap://[::1]/").zone()).isEmpty();
    }

    @Test
    void takeAZoneWithOrWithoutItsPercentEncoding() {
      CoapUri uri = CoapUri.parse("coap://[fe80::1%25eth0]/");
      assertThat(uri.zone()).contains("eth0");
      assertThat(uri.address()).isPresent();
      assertThat(uri).isEqualTo(CoapUri.parse("coap://[fe80::1%eth0]/"));
      assertThat(uri).hasToString("coap://[fe80::1%25eth0]/");
      assertThat(CoapUri.parse("coap://[fe80::1%25]/").zone()).contains("25");
    }

    @Test
    void writeAZoneSoThatItCanBeReadAgain() {
      for (String zone : List.of("1%2Cx", "a%3Ab", "%25", "e%20%5D")) {
        CoapUri uri = CoapUri.parse("coap://[::1%25" + zone + "]/");
        assertThat(CoapUri.parse(uri.toString())).isEqualTo(uri);
      }
    }
  }

  private static List<String> path(String uri) {
    return CoapUri.parse(uri).path();
  }

  private static void assertRefused(String uri, Reason reason, int position) {
    UriFormatException refusal = refusal(uri);
    assertThat(refusal.reason()).as(uri).isEqualTo(reason);
    assertThat(refusal.position()).as(uri).isEqualTo(position);
    assertThat(refusal).hasMessageEndingWith("at position " + position);
    REFUSED.add(reason);
  }

  private static UriFormatException refusal(String uri) {
    return catchThrowableOfType(UriFormatException.class, () -> CoapUri.parse(uri));
  }
}
