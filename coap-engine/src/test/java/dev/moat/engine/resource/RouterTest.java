package dev.moat.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.fixture.ServerBench;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  private final List<Event> events = new ArrayList<>();

  private static Resource naming(String template) {
    return Resource.at(template).get(request -> Response.text(Code.CONTENT, template));
  }

  private static Response answer(Router router, Request request) {
    return router.handle(request).toCompletableFuture().join().first();
  }

  private static Response get(Router router, String path) {
    return answer(router, ServerBench.request(Code.GET, path));
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/lock, /lock",
    "/lock/7, /lock/{id}",
    "/lock/front, /lock/front",
    "/lock/front/state, /lock/{id}/state",
    "/lock/7/log, /lock/*",
    "/files/a/b/c, /files/*"
  })
  void prefersLiteralsToCapturesAndCapturesToWildcards(String path, String template) {
    Router router =
        Router.of(
            naming("/files/*"),
            naming("/lock/*"),
            naming("/lock/{id}"),
            naming("/lock/{id}/state"),
            naming("/lock/front"),
            naming("/lock"),
            naming("/"));
    assertThat(get(router, path).payload().toUtf8()).isEqualTo(template);
  }

  @ParameterizedTest
  @CsvSource({
    "/files/../etc",
    "/files/a/..",
    "/files/a/../../etc",
    "/files/.",
    "/lock/..",
    "/lock/../state",
    "/./lock",
    "/.."
  })
  void neverMatchesDotSegments(String path) {
    Router router =
        Router.of(
            naming("/files/*"),
            naming("/lock/{id}"),
            naming("/lock/{id}/state"),
            naming("/lock"),
            naming("/{any}"),
            naming("/*"));
    assertThat(get(router, path).code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void aWildcardTakesNoSegmentThatHoldsASlash() {
    Router router = Router.of(naming("/files/*"), naming("/lock/{id}"));
    assertThat(get(router, "/files/a/...").code()).isEqualTo(Code.CONTENT);
    Option slashed = Option.text(OptionNumber.URI_PATH, "a/../../etc");
    Request files = ServerBench.request(Code.GET, "/files");
    assertThat(answer(router, files.withOptions(files.options().plus(slashed))).code())
        .isEqualTo(Code.NOT_FOUND);
    // A capture is one segment, whatever it holds.
    Request lock = ServerBench.request(Code.GET, "/lock");
    assertThat(answer(router, lock.withOptions(lock.options().plus(slashed))).code())
        .isEqualTo(Code.CONTENT);
  }

  @Test
  void handsCapturedValuesToTheHandler() {
    Router router =
        Router.of(
            Resource.at("/a/{x}/b/{y}")
                .get(
                    r ->
                        Response.text(
                            Code.CONTENT,
                            PathParameters.of(r, "x") + "+" + PathParameters.of(r, "y"))),
            Resource.at("/rest/*")
                .get(r -> Response.text(Code.CONTENT, PathParameters.of(r, PathParameters.REST))));
    assertThat(get(router, "/a/1/b/2").payload().toUtf8()).isEqualTo("1+2");
    assertThat(get(router, "/rest/p/q").payload().toUtf8()).isEqualTo("p/q");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathParameters.of(ServerBench.request(Code.GET, "/"), "x"));
  }

  @Test
  void acceptsAnyUriHostAndUriPort() {
    Request request =
        ServerBench.request(Code.GET, "/lock")
            .with(Option.text(OptionNumber.URI_HOST, "home.example"))
            .with(Option.uint(OptionNumber.URI_PORT, 5683));
    assertThat(answer(Router.of(naming("/lock")), request).code()).isEqualTo(Code.CONTENT);
  }

  @Test
  void refusesWhatIsNotThereOrNotAllowedOrForAProxy() {
    Router router = Router.of(naming("/lock"), naming("/a/b"), naming("/w/*"));
    assertThat(get(router, "/key").code()).isEqualTo(Code.NOT_FOUND);
    assertThat(get(router, "/a").code()).isEqualTo(Code.NOT_FOUND);
    assertThat(get(router, "/w").code()).isEqualTo(Code.NOT_FOUND);
    Response notAllowed = answer(router, ServerBench.request(Code.PUT, "/lock"));
    assertThat(notAllowed.code()).isEqualTo(Code.METHOD_NOT_ALLOWED);
    Request proxied = ServerBench.request(Code.GET, "/lock");
    assertThat(
            answer(router, proxied.with(Option.text(OptionNumber.PROXY_URI, "coap://x/"))).code())
        .isEqualTo(Code.PROXYING_NOT_SUPPORTED);
    assertThat(answer(router, proxied.with(Option.text(OptionNumber.PROXY_SCHEME, "coap"))).code())
        .isEqualTo(Code.PROXYING_NOT_SUPPORTED);
    assertThat(router.refusalFor(proxied)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "/a/{}", "/a/*/b", "/a/{x}/{x}", "/a/../b", "/."})
  void refusesMalformedTemplates(String template) {
    assertThatIllegalArgumentException().isThrownBy(() -> Resource.at(template));
  }

  @Test
  void refusesTwoResourcesForTheSamePaths() {
    Router router = Router.of(naming("/a/{x}"), naming("/b/*"));
    assertThatIllegalArgumentException().isThrownBy(() -> router.add(naming("/a/{x}")));
    assertThatIllegalArgumentException().isThrownBy(() -> router.add(naming("/a/{y}")));
    assertThatIllegalArgumentException().isThrownBy(() -> router.add(naming("/b/*")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Resource.at("/x").on(Code.CONTENT, r -> Router.of().handle(r)));
  }

  @Nested
  class ResourcesAtRunTime {
    @Test
    void areCreatedUpToTheCapacity() {
      Router router = new Router(events::add, 2).add(naming("/own"));
      assertThat(router.create(naming("/1").notAnActuator("test"))).isTrue();
      assertThat(router.create(naming("/1"))).isFalse();
      assertThat(router.create(naming("/2"))).isTrue();
      assertThat(router.create(naming("/3"))).isFalse();
      assertThat(router.remove("/1")).isTrue();
      assertThat(router.remove("/1")).isFalse();
      assertThat(router.create(naming("/3"))).isTrue();
      assertThat(router.resources())
          .extracting(Resource::template)
          .containsExactly("/own", "/2", "/3");
      assertThat(events).hasSize(1);
    }
  }

  @Nested
  class HandlersThatFail {
    private final Router router = new Router(events::add);

    private void assertHidden(Response response, Class<?> exception) {
      assertThat(response).isEqualTo(Response.of(Code.INTERNAL_SERVER_ERROR));
      assertThat(events)
          .containsExactly(new ResourceEvent.HandlerFailed("/x", Code.GET, exception.getName()));
      assertThat(events.get(0).describe()).contains("/x").doesNotContain("secret");
    }

    @Test
    void byThrowingAnswer500WithoutDetail() {
      router.add(
          Resource.at("/x")
              .get(
                  r -> {
                    throw new IllegalStateException("secret");
                  }));
      assertHidden(get(router, "/x"), IllegalStateException.class);
    }

    @Test
    void byAFailedStageAnswer500WithoutDetail() {
      router.add(
          Resource.at("/x")
              .on(
                  Code.GET,
                  r ->
                      CompletableFuture.failedFuture(new UnsupportedOperationException("secret"))));
      assertHidden(get(router, "/x"), UnsupportedOperationException.class);
    }

    @Test
    void byAWrappedFailureNameTheCause() {
      router.add(
          Resource.at("/x")
              .on(
                  Code.GET,
                  r ->
                      CompletableFuture.failedFuture(
                          new CompletionException(new ArithmeticException("secret")))));
      assertHidden(get(router, "/x"), ArithmeticException.class);
    }

    @Test
    void byAWrapperWithoutCauseNameTheWrapper() {
      router.add(
          Resource.at("/x")
              .on(Code.GET, r -> CompletableFuture.failedFuture(new CompletionException(null))));
      assertHidden(get(router, "/x"), CompletionException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // a handler that breaks its contract
    void byAnsweringNullAnswer500() {
      router.add(
          Resource.at("/x").on(Code.GET, r -> CompletableFuture.completedFuture((Reply) null)));
      assertHidden(get(router, "/x"), NullPointerException.class);
    }
  }

  @Nested
  class Contents {
    private final Bytes tag = Bytes.of(1, 2);

    private Request put() {
      return ServerBench.request(Code.PUT, "/x");
    }

    @Test
    void refusesWhatItCannotProduceOrConsume() {
      Router router =
          Router.of(
              Resource.at("/x")
                  .produces(0, 50)
                  .consumes(60)
                  .put(r -> Response.of(Code.CHANGED))
                  .get(r -> Response.of(Code.CONTENT)));
      Request get = ServerBench.request(Code.GET, "/x");
      assertThat(answer(router, get.with(Option.uint(OptionNumber.ACCEPT, 50))).code())
          .isEqualTo(Code.CONTENT);
      assertThat(answer(router, get.with(Option.uint(OptionNumber.ACCEPT, 60))).code())
          .isEqualTo(Code.NOT_ACCEPTABLE);
      assertThat(answer(router, put()).code()).isEqualTo(Code.CHANGED);
      assertThat(answer(router, put().with(Option.uint(OptionNumber.CONTENT_FORMAT, 60))).code())
          .isEqualTo(Code.CHANGED);
      assertThat(answer(router, put().with(Option.uint(OptionNumber.CONTENT_FORMAT, 0))).code())
          .isEqualTo(Code.UNSUPPORTED_CONTENT_FORMAT);
      assertThat(router.resources().get(0).attributes()).containsEntry("ct", List.of("0", "50"));
    }

    @Test
    void doesNotHandOutAFormatThatWasNotAccepted() {
      Router router =
          Router.of(naming("/x"), Resource.at("/y").get(r -> Response.of(Code.CONTENT)));
      Request get = ServerBench.request(Code.GET, "/x");
      assertThat(answer(router, get.with(Option.uint(OptionNumber.ACCEPT, 60))).code())
          .isEqualTo(Code.NOT_ACCEPTABLE);
      assertThat(answer(router, get.with(Option.uint(OptionNumber.ACCEPT, 0))).code())
          .isEqualTo(Code.CONTENT);
      Request plain =
          ServerBench.request(Code.GET, "/y").with(Option.uint(OptionNumber.ACCEPT, 60));
      assertThat(answer(router, plain).code()).isEqualTo(Code.CONTENT);
    }

    @Test
    void checksIfMatchAndIfNoneMatch() {
      Router router =
          Router.of(
              Resource.at("/x")
                  .entityTag(r -> Optional.of(tag))
                  .put(r -> Response.of(Code.CHANGED)),
              Resource.at("/new")
                  .entityTag(r -> Optional.empty())
                  .put(r -> Response.of(Code.CREATED)));
      Request create = ServerBench.request(Code.PUT, "/new");
      Option any = new Option(OptionNumber.IF_MATCH, Bytes.empty());
      Option none = new Option(OptionNumber.IF_NONE_MATCH, Bytes.empty());
      assertThat(answer(router, put().with(new Option(OptionNumber.IF_MATCH, tag))).code())
          .isEqualTo(Code.CHANGED);
      assertThat(answer(router, put().with(any)).code()).isEqualTo(Code.CHANGED);
      assertThat(answer(router, put().with(new Option(OptionNumber.IF_MATCH, Bytes.of(9)))).code())
          .isEqualTo(Code.PRECONDITION_FAILED);
      assertThat(answer(router, put().with(none)).code()).isEqualTo(Code.PRECONDITION_FAILED);
      assertThat(answer(router, create.with(any)).code()).isEqualTo(Code.PRECONDITION_FAILED);
      assertThat(answer(router, create.with(none)).code()).isEqualTo(Code.CREATED);
    }

    @Test
    void validatesAnEntityTagOfTheClient() {
      Router router =
          Router.of(
              Resource.at("/x")
                  .entityTag(r -> Optional.of(tag))
                  .get(r -> Response.text(Code.CONTENT, "body")));
      Request get = ServerBench.request(Code.GET, "/x");
      Response valid = answer(router, get.with(new Option(OptionNumber.ETAG, tag)));
      assertThat(valid.code()).isEqualTo(Code.VALID);
      assertThat(valid.options().first(OptionNumber.ETAG)).contains(tag);
      assertThat(answer(router, get.with(new Option(OptionNumber.ETAG, Bytes.of(7)))).code())
          .isEqualTo(Code.CONTENT);
    }

    @Test
    void refusesConditionsThatNobodyChecks() {
      Option ifMatch = new Option(OptionNumber.IF_MATCH, tag);
      Option none = new Option(OptionNumber.IF_NONE_MATCH, Bytes.empty());
      Resource careless = Resource.at("/x").put(r -> Response.of(Code.CHANGED));
      assertThat(answer(Router.of(careless), put().with(ifMatch)).code())
          .isEqualTo(Code.BAD_OPTION);
      assertThat(answer(Router.of(careless), put().with(none)).code()).isEqualTo(Code.BAD_OPTION);
      assertThat(answer(Router.of(careless.handlesPreconditions()), put().with(ifMatch)).code())
          .isEqualTo(Code.CHANGED);
    }
  }

  @Test
  void answersEveryMethodThatAResourceHas() {
    Resource all =
        Resource.at("/x")
            .get(r -> Response.of(Code.CONTENT))
            .post(r -> Response.of(Code.CREATED))
            .put(r -> Response.of(Code.CHANGED))
            .delete(r -> Response.of(Code.DELETED))
            .fetch(r -> Response.of(Code.CONTENT))
            .patch(r -> Response.of(Code.CHANGED))
            .ipatch(r -> Response.of(Code.CHANGED));
    assertThat(all.methods())
        .containsExactly(
            Code.GET, Code.POST, Code.PUT, Code.DELETE, Code.FETCH, Code.PATCH, Code.IPATCH)
        .allSatisfy(
            method ->
                assertThat(answer(Router.of(all), ServerBench.request(method, "/x")).code())
                    .matches(Code::isSuccess));
  }
}
