package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.coap.link.Link;
import dev.moat.coap.link.LinkFormat;
import dev.moat.coap.link.LinkFormatException;
import dev.moat.coap.link.LinkQuery;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Links and the queries that filter them (RFC 6690). */
final class LinkFormatFuzzTest {
  private static final List<Link> LINKS =
      List.of(
          Link.to("/sensors/temp").with("rt", "temperature-c kelvin").with("ct", 41).with("obs"),
          Link.to("/").with("title", "a \"quoted\\ title").with("rt", "").with("if", "*"));

  static Stream<String> documents() {
    return Stream.of(
        "",
        "</sensors>;ct=40;title=\"Sensor Index\",</t>;anchor=\"/sensors/temp\";rel=alternate",
        "</a>;rt=\"x y\";if=z;sz=12;obs;title*=UTF-8''%e2%82%ac,<coap://h/b>;hreflang=de",
        "</a>;title=\"quo\\\"ted\\\\\" , </b>;;x",
        LinkFormat.write(LINKS));
  }

  static Stream<String> queries() {
    return Stream.of("rt=temp*", "href=/sensors/*", "if=*", "obs", "ct=41", "=", "*", "rt=a b");
  }

  @MethodSource("documents")
  @FuzzTest
  void parsesOrRefuses(@NotNull String text) {
    List<Link> links;
    try {
      links = LinkFormat.parse(text);
    } catch (LinkFormatException refused) {
      assertThat(refused.position()).isBetween(0, text.length());
      return;
    }
    try {
      assertThat(LinkFormat.parse(LinkFormat.write(links))).isEqualTo(links);
    } catch (LinkFormatException refused) {
      throw new AssertionError("does not read its own writing: " + links, refused);
    }
  }

  @MethodSource("queries")
  @FuzzTest
  void filtersByAnyQuery(@NotNull String query) {
    LinkQuery parsed = LinkQuery.of(List.of(query));
    List<Link> selected = parsed.select(LINKS);
    assertThat(LINKS).containsAll(selected);
    assertThat(selected).allMatch(parsed::matches);
  }
}
