package dev.moat.coap.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.coap.link.LinkFormatException.Reason;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkFormatTest {
  private static final Set<Reason> MET = EnumSet.noneOf(Reason.class);

  private static final List<Link> SENSORS =
      List.of(
          Link.to("/sensors").with("ct", 40).with("title", "Sensor \"Index\""),
          Link.to("/sensors/temp").with("rt", "temperature-c outdoor").with("if", "sensor"),
          Link.to("/sensors/light").with("rt", "light-lux").with("if", "sensor").with("obs"),
          Link.to("http://www.example.com/sensors/t123")
              .with("anchor", "/sensors/temp")
              .with("rel", "describedby"),
          Link.to("/t").with("anchor", "/sensors/temp").with("rel", "alternate").with("sz", 100));

  @AfterAll
  static void reachesEveryReason() {
    assertThat(MET).containsExactlyInAnyOrder(Reason.values());
  }

  @Nested
  class Section5 {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "<>",
          "</sensors>;ct=40;title=\"Sensor Index\",</sensors/temp>;rt=\"temperature-c\"",
          "</sensors/temp>;obs;if=\"sensor\",<http://www.example.com/a,b;c>;rel=\"describedby\"",
          "</t>;title*=\"UTF-8'en'x\";sz=260012",
        })
    void readsAndWritesTheSameText(String text) throws Exception {
      assertThat(LinkFormat.write(LinkFormat.parse(text))).isEqualTo(text);
    }

    @Test
    void readsUnquotedValuesAndEscapes() throws Exception {
      Link link = LinkFormat.parse("</a>;rt=light-lux;title=\"a\\\"\\\\,;>b\";e=\"\"").get(0);
      assertThat(link.attribute("rt")).contains("light-lux");
      assertThat(link.attribute("title")).contains("a\"\\,;>b");
      assertThat(link.attribute("e")).contains("");
      assertThat(link.attribute("none")).isEmpty();
    }
  }

  @Test
  void readsBackWhatItWrites() {
    Seeded.check(
        300,
        arbitrary -> {
          List<Link> links = new ArrayList<>();
          for (int left = arbitrary.between(0, 4); left > 0; left--) {
            Link link = Link.to("/" + left).with("n" + left);
            String value = arbitrary.text(10).replaceAll("\\p{Cntrl}", "");
            links.add(link.with("title", value).with("ct", arbitrary.between(0, 65535)));
          }
          assertThat(LinkFormat.parse(LinkFormat.write(links))).isEqualTo(links);
        });
  }

  @Test
  void endsInAReasonForWhateverText() {
    Bytes text = Bytes.utf8(LinkFormat.write(SENSORS));
    Seeded.check(
        2000,
        arbitrary -> {
          String damaged = arbitrary.damaged(text).toUtf8();
          try {
            List<Link> links = LinkFormat.parse(damaged);
            assertThat(LinkFormat.parse(LinkFormat.write(links))).isEqualTo(links);
          } catch (LinkFormatException refusal) {
            assertThat(refusal.position()).isBetween(0, damaged.length());
            assertThat(refusal.getStackTrace()).isEmpty();
          }
        });
  }

  @Nested
  class Section2 {
    @Test
    void refusesWhatTheGrammarDoesNotKnow() {
      assertRefused("/a", Reason.MISSING_TARGET, 0);
      assertRefused("</a>,", Reason.MISSING_TARGET, 5);
      assertRefused("</a>, </b>", Reason.MISSING_TARGET, 5);
      assertRefused("</a", Reason.UNTERMINATED_TARGET, 3);
      assertRefused("</a b>", Reason.BAD_TARGET, 3);
      assertRefused("</a<>", Reason.BAD_TARGET, 3);
      assertRefused("</a\u007f>", Reason.BAD_TARGET, 3);
      assertRefused("</a></b>", Reason.MISSING_SEPARATOR, 4);
      assertRefused("</a>;b=\"c\"d", Reason.MISSING_SEPARATOR, 10);
      assertRefused("</a>;b**", Reason.MISSING_SEPARATOR, 7);
      assertRefused("</a>;", Reason.BAD_NAME, 5);
      assertRefused("</a>;=b", Reason.BAD_NAME, 5);
      assertRefused("</a>;é", Reason.BAD_NAME, 5);
      assertRefused("</a>;Href=b", Reason.RESERVED_NAME, 5);
      assertRefused("</a>;rt=b;rt=c", Reason.REPEATED_ATTRIBUTE, 10);
      assertRefused("</a>;b=", Reason.BAD_VALUE, 7);
      assertRefused("</a>;b=,", Reason.BAD_VALUE, 7);
      assertRefused("</a>;b=\"c", Reason.UNTERMINATED_STRING, 9);
      assertRefused("</a>;b=\"c\\", Reason.UNTERMINATED_STRING, 10);
      assertRefused("</a>;b=\"c\n\"", Reason.CONTROL_CHARACTER, 9);
    }

    @Test
    void buildsNoLinkThatCouldNotBeRead() {
      assertThatIllegalArgumentException().isThrownBy(() -> Link.to("/a>"));
      assertThatIllegalArgumentException().isThrownBy(() -> Link.to("/a").with("href", "x"));
      assertThatIllegalArgumentException().isThrownBy(() -> Link.to("/a").with("b c"));
      assertThatIllegalArgumentException().isThrownBy(() -> Link.to("/a").with("*"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Link.to("/a").with("rt", "x").with("rt", "y"))
          .withMessageContaining("twice");
      assertThat(Link.to("/a").with("x", "a\nb")).hasToString("</a>;x=\"a b\"");
    }
  }

  @Nested
  class Section41 {
    @Test
    void selectsByTarget() {
      assertThat(select("href=/sensors")).containsExactly("/sensors");
      assertThat(select("href=/sensors*"))
          .containsExactly("/sensors", "/sensors/temp", "/sensors/light");
    }

    @Test
    void selectsByEachOfSeveralValues() {
      assertThat(select("rt=outdoor")).containsExactly("/sensors/temp");
      assertThat(select("rt=temp*")).containsExactly("/sensors/temp");
      assertThat(select("rt=temperature-c outdoor")).isEmpty();
      assertThat(select("if=sensor")).hasSize(2);
      assertThat(select("ct=40")).containsExactly("/sensors");
      assertThat(select("sz=100")).containsExactly("/t");
      assertThat(select("title=Sensor*")).containsExactly("/sensors");
    }

    @Test
    void selectsByExistence() {
      assertThat(select("obs")).containsExactly("/sensors/light");
      assertThat(select("obs=*")).containsExactly("/sensors/light");
      assertThat(select("rt=*")).hasSize(2);
      assertThat(select("foo=*")).isEmpty();
      assertThat(select("foo")).isEmpty();
    }

    @Test
    void demandsAllOfSeveralFilters() {
      assertThat(select("if=sensor", "obs")).containsExactly("/sensors/light");
      assertThat(select()).hasSize(5);
      assertThat(LinkQuery.of(List.of()).isEmpty()).isTrue();
      assertThat(LinkQuery.of(List.of("a")).isEmpty()).isFalse();
    }

    private List<String> select(String... query) {
      return LinkQuery.of(List.of(query)).select(SENSORS).stream().map(Link::target).toList();
    }
  }

  private static void assertRefused(String text, Reason reason, int position) {
    LinkFormatException refusal =
        catchThrowableOfType(LinkFormatException.class, () -> LinkFormat.parse(text));
    assertThat(refusal).as(text).isNotNull();
    assertThat(refusal.reason()).as(text).isEqualTo(reason);
    assertThat(refusal.position()).as(text).isEqualTo(position);
    assertThat(refusal).hasMessageEndingWith("at position " + position);
    MET.add(reason);
  }
}
