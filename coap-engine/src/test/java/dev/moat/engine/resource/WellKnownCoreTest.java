package dev.moat.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.link.Link;
import dev.moat.coap.link.LinkFormat;
import dev.moat.coap.link.LinkFormatException;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.fixture.ServerBench;
import java.util.List;
import org.junit.jupiter.api.Test;

class WellKnownCoreTest {
  private final Router router =
      Router.of(
          Resource.at("/lock").title("front door").type("lock").type("door").get(r -> empty()),
          Resource.at("/sensors/heat")
              .type("temperature")
              .interfaceDescription("sensor")
              .observable(new ObservableState(empty()))
              .produces(0, 50)
              .sizeOctets(12),
          Resource.at("/sensors/{id}").get(r -> empty()),
          Resource.at("/files/*").get(r -> empty()),
          Resource.at("/a b/ü").get(r -> empty()),
          Resource.at("/").get(r -> empty()));

  private static Response empty() {
    return Response.of(Code.CONTENT);
  }

  private Response discover(Request request) {
    return router.handle(request).toCompletableFuture().join().first();
  }

  private Request request(String... queries) {
    if (router.resources().size() == 6) {
      router.add(WellKnownCore.of(router));
    }
    Request request = ServerBench.request(Code.GET, WellKnownCore.PATH);
    for (String query : queries) {
      request =
          request.withOptions(request.options().plus(Option.text(OptionNumber.URI_QUERY, query)));
    }
    return request;
  }

  private List<String> targets(String... queries) throws LinkFormatException {
    return LinkFormat.parse(discover(request(queries)).payload().toUtf8()).stream()
        .map(Link::target)
        .toList();
  }

  @Test
  void listsResourcesWithOnePath() throws LinkFormatException {
    assertThat(targets()).containsExactly("/lock", "/sensors/heat", "/a%20b/%C3%BC", "/");
  }

  @Test
  void writesTheirAttributes() {
    Response core = discover(request());
    assertThat(core.options().contentFormat()).hasValue(40);
    assertThat(core.payload().toUtf8())
        .startsWith(
            "</lock>;title=\"front door\";rt=\"lock door\","
                + "</sensors/heat>;rt=\"temperature\";if=\"sensor\";obs;ct=\"0 50\";sz=12,");
  }

  @Test
  void filtersByTheQuery() throws LinkFormatException {
    assertThat(targets("rt=door")).containsExactly("/lock");
    assertThat(targets("rt=temp*")).containsExactly("/sensors/heat");
    assertThat(targets("href=/sensors*")).containsExactly("/sensors/heat");
    assertThat(targets("rt=nothing")).isEmpty();
  }

  @Test
  void listsWhatIsAddedLater() throws LinkFormatException {
    var unused = request();
    router.add(Resource.at("/late").get(r -> empty()));
    assertThat(targets()).contains("/late");
  }

  @Test
  void answersAGroupOnlyWhenSomethingMatches() {
    Arrival group = new Arrival(0, Bytes.empty(), 0, true, false, Arrival.Security.NONE);
    assertThat(discover(request("rt=nothing").withFact(Arrival.KEY, group)).code())
        .isEqualTo(Code.NOT_FOUND);
    assertThat(discover(request("rt=lock").withFact(Arrival.KEY, group)).code())
        .isEqualTo(Code.CONTENT);
    assertThat(discover(request("rt=nothing")).code()).isEqualTo(Code.CONTENT);
  }

  @Test
  void hidesSecuredOnlyResourcesFromWhoeverMayNotAskThem() throws LinkFormatException {
    Request request = request();
    router.add(Resource.at("/vault").get(r -> empty()).securedOnly());
    router.add(Resource.at("/valve").put(r -> empty()));
    String unsecured = discover(request).payload().toUtf8();
    assertThat(unsecured).doesNotContain("/vault").contains("/valve");
    Arrival secured = ServerBench.arrival(Arrival.Security.TRANSPORT);
    assertThat(discover(request.withFact(Arrival.KEY, secured)).payload().toUtf8())
        .contains("/vault", "/valve");
    assertThat(targets("href=/vault")).isEmpty();
    Request unknown = Request.to(ServerBench.CLIENT, Code.GET, WellKnownCore.PATH);
    assertThat(discover(unknown).payload().toUtf8()).doesNotContain("/vault");
  }

  @Test
  void takesAFewFiltersAndRefusesMany() throws LinkFormatException {
    String[] eight = "rt=door ".repeat(8).split(" ");
    assertThat(targets(eight)).containsExactly("/lock");
    String[] nine = "rt=door ".repeat(9).split(" ");
    Response refusal = discover(request(nine));
    assertThat(refusal.code()).isEqualTo(Code.BAD_REQUEST);
    assertThat(refusal.payload().toUtf8()).contains("at most 8 filters");
  }

  @Test
  void refusesOtherFormats() {
    Request json = request().with(Option.uint(OptionNumber.ACCEPT, 64));
    assertThat(discover(json).code()).isEqualTo(Code.NOT_ACCEPTABLE);
  }
}
