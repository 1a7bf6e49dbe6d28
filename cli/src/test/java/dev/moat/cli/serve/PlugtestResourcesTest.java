package dev.moat.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ETSI CoAP#4 test descriptions demand of a server, without a network. */
class PlugtestResourcesTest {
  private static final Peer CLIENT = Peer.of(Bytes.of(192, 0, 2, 7), 40000);

  private final ManualTimers timers = new ManualTimers();
  private final Router router = Router.of();

  PlugtestResourcesTest() {
    PlugtestResources.addTo(router, timers);
  }

  @Nested
  class Core {
    @Test
    void testResourceTakesAllFourMethods() {
      Response read = answer(Code.GET, "/test");
      assertThat(read.code()).isEqualTo(Code.CONTENT);
      assertThat(read.options().contentFormat()).hasValue(0);
      assertThat(read.payload().isEmpty()).isFalse();
      assertThat(answer(Code.DELETE, "/test").code()).isEqualTo(Code.DELETED);
      assertThat(answer(Code.PUT, "/test").code()).isIn(Code.CHANGED, Code.CREATED);
    }

    @Test
    void postToTestCreatesAtThreeLocationSegments() {
      Response response = answer(Code.POST, "/test");
      assertThat(response.code()).isEqualTo(Code.CREATED);
      assertThat(response.options().texts(OptionNumber.LOCATION_PATH))
          .containsExactly("location1", "location2", "location3");
    }

    @Test
    void separateAnswersOnlyAfterAWhile() {
      CompletableFuture<Reply> reply = send(request(Code.GET, "/separate"));
      assertThat(reply).isNotDone();
      timers.fireDelayed();
      assertThat(reply.join().first().code()).isEqualTo(Code.CONTENT);
    }

    @Test
    void longPathAndQueryAreServed() {
      assertThat(answer(Code.GET, "/seg1/seg2/seg3").payload().isEmpty()).isFalse();
      Request query = request(Code.GET, "/query");
      Response response =
          answer(
              query.withOptions(
                  query
                      .options()
                      .plus(Option.text(OptionNumber.URI_QUERY, "first=1"))
                      .plus(Option.text(OptionNumber.URI_QUERY, "second=2"))));
      assertThat(response.payload().toUtf8()).contains("first=1").contains("second=2");
    }

    @Test
    void locationQueryHasTwoOptions() {
      Response response = answer(Code.POST, "/location-query");
      assertThat(response.code()).isEqualTo(Code.CREATED);
      assertThat(response.options().texts(OptionNumber.LOCATION_QUERY))
          .containsExactly("first=1", "second=2");
    }

    @Test
    void multiFormatFollowsAccept() {
      Request request = request(Code.GET, "/multi-format");
      Response text = answer(request.with(Option.uint(OptionNumber.ACCEPT, 0)));
      assertThat(text.options().contentFormat()).hasValue(0);
      Response xml = answer(request.with(Option.uint(OptionNumber.ACCEPT, 41)));
      assertThat(xml.options().contentFormat()).hasValue(41);
      assertThat(xml.payload().toUtf8()).startsWith("<");
      assertThat(answer(request.with(Option.uint(OptionNumber.ACCEPT, 60))).code())
          .isEqualTo(Code.NOT_ACCEPTABLE);
    }

    @Test
    void validateKnowsItsEntityTag() {
      Request get = request(Code.GET, "/validate");
      Bytes first = answer(get).options().first(OptionNumber.ETAG).orElseThrow();
      Response valid = answer(get.with(new Option(OptionNumber.ETAG, first)));
      assertThat(valid.code()).isEqualTo(Code.VALID);
      assertThat(valid.options().first(OptionNumber.ETAG)).contains(first);
      Request put = request(Code.PUT, "/validate").withPayload(Bytes.utf8("new"));
      assertThat(answer(put.with(new Option(OptionNumber.IF_MATCH, first))).code())
          .isEqualTo(Code.CHANGED);
      Response fresh = answer(get.with(new Option(OptionNumber.ETAG, first)));
      assertThat(fresh.code()).isEqualTo(Code.CONTENT);
      assertThat(fresh.options().first(OptionNumber.ETAG)).isPresent().get().isNotEqualTo(first);
      assertThat(answer(put.with(new Option(OptionNumber.IF_MATCH, first))).code())
          .isEqualTo(Code.PRECONDITION_FAILED);
    }

    @Test
    void create1IsCreatedOnlyOnce() {
      Request put =
          request(Code.PUT, "/create1")
              .withPayload(Bytes.utf8("x"))
              .with(new Option(OptionNumber.IF_NONE_MATCH, Bytes.empty()));
      assertThat(answer(Code.GET, "/create1").code()).isEqualTo(Code.NOT_FOUND);
      assertThat(answer(put).code()).isEqualTo(Code.CREATED);
      assertThat(answer(put).code()).isEqualTo(Code.PRECONDITION_FAILED);
      assertThat(answer(Code.DELETE, "/create1").code()).isEqualTo(Code.DELETED);
      assertThat(answer(put).code()).isEqualTo(Code.CREATED);
    }
  }

  @Nested
  class Links {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "/test", "/separate", "/seg1/seg2/seg3", "/query", "/location-query", "/multi-format",
          "/large", "/large-separate", "/large-update", "/large-create", "/large-post", "/obs",
          "/obs-non", "/obs-large", "/obs-pumping", "/obs-pumping-non", "/obs-reset", "/validate",
          "/create1", "/link1", "/link2", "/link3", "/path", "/path/sub1"
        })
    void everyResourceOfTheSpecificationIsThere(String path) {
      assertThat(router.find(request(Code.GET, path))).isPresent();
    }

    @Test
    void linkResourcesHaveTheTypesAndInterfacesOfTheTests() {
      assertThat(attribute("/link1", "rt")).containsExactly("Type1", "Type2");
      assertThat(attribute("/link2", "rt")).containsExactly("Type2", "Type3");
      assertThat(attribute("/link3", "rt")).containsExactly("Type1", "Type3");
      assertThat(attribute("/link2", "if")).containsExactly("If2");
      assertThat(attribute("/large", "sz")).containsExactly("1280");
    }

    @Test
    void pathListsWhatIsBelow() {
      Response listing = answer(Code.GET, "/path");
      assertThat(listing.options().contentFormat()).hasValue(40);
      assertThat(listing.payload().toUtf8()).contains("</path/sub1>").contains("</path/sub3>");
      assertThat(answer(Code.GET, "/path/sub1").payload().toUtf8()).isEqualTo("/path/sub1");
    }

    private List<String> attribute(String path, String name) {
      Resource resource = router.find(request(Code.GET, path)).orElseThrow();
      return resource.attributes().getOrDefault(name, List.of());
    }
  }

  @Nested
  class Block {
    @Test
    void largeNeedsMoreThanOneBlock() {
      assertThat(answer(Code.GET, "/large").payload().length()).isGreaterThan(1024);
    }

    @Test
    void largeUpdateKeepsWhatWasPut() {
      Bytes body = Bytes.utf8("y".repeat(2000));
      Response changed = answer(request(Code.PUT, "/large-update").withPayload(body));
      assertThat(changed.code()).isEqualTo(Code.CHANGED);
      assertThat(answer(Code.GET, "/large-update").payload()).isEqualTo(body);
    }

    @Test
    void largeCreateMakesAResourceThatCanBeReadAndDeleted() {
      Bytes body = Bytes.utf8("z".repeat(2000));
      Response created = answer(request(Code.POST, "/large-create").withPayload(body));
      assertThat(created.code()).isEqualTo(Code.CREATED);
      List<String> location = created.options().texts(OptionNumber.LOCATION_PATH);
      assertThat(location).hasSize(2).first().isEqualTo("large-create");
      String path = "/" + String.join("/", location);
      assertThat(answer(Code.GET, path).payload()).isEqualTo(body);
      assertThat(answer(Code.DELETE, path).code()).isEqualTo(Code.DELETED);
      assertThat(answer(Code.GET, path).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void largeCreateIsBounded() {
      Request post = request(Code.POST, "/large-create");
      for (int i = 0; i < Router.DEFAULT_CREATED_CAPACITY; i++) {
        assertThat(answer(post).code()).isEqualTo(Code.CREATED);
      }
      assertThat(answer(post).code()).isEqualTo(Code.SERVICE_UNAVAILABLE);
    }

    @Test
    void largePostAnswersAtLength() {
      Bytes body = Bytes.utf8("abc".repeat(700));
      Response response = answer(request(Code.POST, "/large-post").withPayload(body));
      assertThat(response.code()).isEqualTo(Code.CHANGED);
      assertThat(response.payload()).isEqualTo(Bytes.utf8("ABC".repeat(700)));
    }
  }

  @Nested
  class Observe {
    private final List<Response> heard = new ArrayList<>();
    private final List<Notifications.End> ends = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"/obs", "/obs-non", "/obs-large", "/obs-pumping", "/obs-pumping-non"})
    void changesWithEveryTick(String path) {
      register(path);
      timers.tick();
      timers.tick();
      assertThat(heard).hasSize(2).allMatch(response -> response.code() == Code.CONTENT);
      assertThat(heard.get(0).payload()).isNotEqualTo(heard.get(1).payload());
      assertThat(heard.get(0).options().contentFormat()).hasValue(0);
      assertThat(heard.get(0).options().uint(OptionNumber.MAX_AGE)).hasValue(5);
    }

    @Test
    void deleteEndsTheObservationWith404AndTheResourceComesBack() {
      register("/obs");
      assertThat(answer(Code.DELETE, "/obs").code()).isEqualTo(Code.DELETED);
      assertThat(heard).extracting(Response::code).containsExactly(Code.NOT_FOUND);
      assertThat(ends).containsExactly(Notifications.End.RESOURCE_ENDED);
      assertThat(answer(Code.GET, "/obs").code()).isEqualTo(Code.NOT_FOUND);
      timers.tick();
      assertThat(answer(Code.GET, "/obs").code()).isEqualTo(Code.CONTENT);
    }

    @Test
    void putOfAnotherFormatEndsTheObservationWith406() {
      register("/obs");
      Request put = request(Code.PUT, "/obs").withPayload(Bytes.utf8("{}"));
      var unused = answer(put.with(Option.uint(OptionNumber.CONTENT_FORMAT, 50)));
      assertThat(heard).extracting(Response::code).containsExactly(Code.NOT_ACCEPTABLE);
    }

    @Test
    void putOfTheSameFormatNotifies() {
      register("/obs");
      var unused = answer(request(Code.PUT, "/obs").withPayload(Bytes.utf8("news")));
      assertThat(heard).hasSize(1);
      assertThat(heard.get(0).payload()).isEqualTo(Bytes.utf8("news"));
    }

    @Test
    void resetForgetsObserversWhenTheWordIsRight() {
      register("/obs");
      Request reset = request(Code.POST, "/obs-reset");
      assertThat(answer(reset.withPayload(Bytes.utf8("open"))).code()).isEqualTo(Code.FORBIDDEN);
      assertThat(heard).isEmpty();
      assertThat(answer(reset.withPayload(Bytes.utf8("sesame"))).code()).isEqualTo(Code.CHANGED);
      assertThat(ends).hasSize(1);
      assertThat(answer(Code.GET, "/obs").code()).isEqualTo(Code.CONTENT);
    }

    private void register(String path) {
      Request request = request(Code.GET, path).with(Option.uint(OptionNumber.OBSERVE, 0));
      Reply reply = send(request).join();
      assertThat(reply).isInstanceOf(Reply.Observed.class);
      ((Reply.Observed) reply)
          .notifications()
          .subscribe(
              new Notifications.Listener() {
                @Override
                public void onNotification(Response notification) {
                  heard.add(notification);
                }

                @Override
                public void onEnd(Notifications.End reason) {
                  ends.add(reason);
                }
              });
    }
  }

  private Response answer(Code method, String path) {
    return answer(request(method, path));
  }

  private Response answer(Request request) {
    return send(request).join().first();
  }

  private CompletableFuture<Reply> send(Request request) {
    return router.handle(request).toCompletableFuture();
  }

  private static Request request(Code method, String path) {
    return Request.to(CLIENT, method, path);
  }
}
