package dev.moat.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.fixture.ServerBench;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PolicyFilterTest {
  private static final Resource LOCK =
      Resource.at("/lock")
          .get(r -> Response.of(Code.CONTENT))
          .put(r -> Response.of(Code.CHANGED))
          .withoutFreshness("tested elsewhere");

  private static Request put() {
    return ServerBench.request(Code.PUT, "/lock");
  }

  private static Request get() {
    return ServerBench.request(Code.GET, "/lock");
  }

  private static Request secured(Request request, Arrival.Security security) {
    return request.withFact(Arrival.KEY, ServerBench.arrival(security));
  }

  @Nested
  class Security {
    @Test
    @Tag("AT-06")
    void isDemandedOfEverythingInSecuredOnlyMode() {
      ServerBench server = ServerBench.of(LOCK);
      server.policy =
          PolicyConfig.defaults().withSecuredOnly(true).withInsecureUnsecuredActuators(true);
      assertThat(server.answer(get()).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(server.answer(put()).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(server.answer(ServerBench.request(Code.GET, "/none")).code())
          .isEqualTo(Code.UNAUTHORIZED);
      assertThat(server.answer(secured(get(), Arrival.Security.OSCORE)).code())
          .isEqualTo(Code.CONTENT);
      assertThat(server.answer(secured(put(), Arrival.Security.TRANSPORT)).code())
          .isEqualTo(Code.CHANGED);
      assertThat(server.events)
          .contains(new ResourceEvent.Refused("/lock", Code.GET, ResourceEvent.Reason.UNSECURED));
    }

    @Test
    @Tag("AT-06")
    void isDemandedOfActuatorsByDefault() {
      ServerBench server = ServerBench.of(LOCK);
      server.policy = PolicyConfig.defaults();
      Response refused = server.answer(put());
      assertThat(refused.code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(refused.payload().isEmpty()).isFalse();
      assertThat(server.answer(get()).code()).isEqualTo(Code.CONTENT);
    }

    @Test
    void isNotDemandedWhereItIsEstablished() {
      ServerBench server =
          ServerBench.of(
              Resource.at("/handshake")
                  .post(r -> Response.of(Code.CHANGED))
                  .notAnActuator("moves nothing")
                  .establishesSecurity("tested"));
      server.policy = PolicyConfig.defaults().withSecuredOnly(true);
      assertThat(server.answer(ServerBench.request(Code.POST, "/handshake")).code())
          .isEqualTo(Code.CHANGED);
    }

    @Test
    void isDemandedOfARequestThatArrivedNowhere() {
      ServerBench server = ServerBench.of(LOCK);
      server.policy = PolicyConfig.defaults();
      Request local = Request.to(ServerBench.CLIENT, Code.PUT, "/lock");
      assertThat(server.answer(local).code()).isEqualTo(Code.UNAUTHORIZED);
    }

    @Test
    void ofActuatorsCanBeSwitchedOffAndSaysSoOnce() {
      ServerBench server = ServerBench.of(LOCK);
      assertThat(server.answer(put()).code()).isEqualTo(Code.CHANGED);
      assertThat(server.answer(put()).code()).isEqualTo(Code.CHANGED);
      assertThat(server.events)
          .filteredOn(ResourceEvent.UnsecuredActuatorsAllowed.class::isInstance)
          .hasSize(1)
          .allSatisfy(event -> assertThat(event.describe()).contains("without security"));
    }

    @Test
    void askedForByTheResourceIsNotSwitchedOff() {
      ServerBench server = ServerBench.of(LOCK.securedOnly());
      assertThat(server.answer(get()).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(server.answer(put()).code()).isEqualTo(Code.UNAUTHORIZED);
    }
  }

  @Nested
  class Confirmability {
    private Request non(Request request) {
      return request.withReliability(Reliability.NON_CONFIRMABLE);
    }

    @Test
    @Tag("AT-12")
    void refusesNonConfirmableRequestsToActuators() {
      ServerBench server = ServerBench.of(LOCK);
      assertThat(server.answer(non(put())).code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(server.answer(non(get())).code()).isEqualTo(Code.CONTENT);
      assertThat(server.events)
          .anySatisfy(e -> assertThat(e.describe()).contains("NON_CONFIRMABLE").contains("PUT"));
    }

    @Test
    void canBeSwitchedOffForActuatorsOnly() {
      ServerBench server = ServerBench.of(LOCK, LOCK_CONFIRMABLE);
      server.policy = server.policy.withInsecureUnconfirmedActuators(true);
      assertThat(server.answer(non(put())).code()).isEqualTo(Code.CHANGED);
      assertThat(server.answer(non(ServerBench.request(Code.GET, "/strict"))).code())
          .isEqualTo(Code.BAD_REQUEST);
    }
  }

  private static final Resource LOCK_CONFIRMABLE =
      Resource.at("/strict").get(r -> Response.of(Code.CONTENT)).confirmableOnly();

  @Nested
  class Derivation {
    @Test
    void aResourceWithAnUnsafeMethodIsAnActuator() {
      Resource lock = Resource.at("/x").put(r -> Response.of(Code.CHANGED));
      assertThat(lock.policy()).isEqualTo(ResourcePolicy.ACTUATOR);
      assertThat(lock.policy().freshnessWindowNanos()).isEqualTo(Duration.ofSeconds(10).toNanos());
      assertThat(Resource.at("/x").get(r -> Response.of(Code.CONTENT)).policy())
          .isEqualTo(ResourcePolicy.OPEN);
      assertThat(lock.notAnActuator("a mailbox").policy()).isEqualTo(ResourcePolicy.OPEN);
    }

    @Test
    void everyOptOutIsToldOnceWithItsReason() {
      ServerBench server =
          ServerBench.of(
              Resource.at("/x")
                  .put(r -> Response.of(Code.CHANGED))
                  .notAnActuator("1")
                  .withoutFreshness("2")
                  .allowUnsecured("3")
                  .allowNonConfirmable("4")
                  .allowUntaggedBlocks("5"));
      assertThat(server.events)
          .hasSize(5)
          .allSatisfy(e -> assertThat(e).isInstanceOf(ResourceEvent.PolicyRelaxed.class))
          .anySatisfy(e -> assertThat(e.describe()).contains("/x").contains("(3)"));
      var unused = server.answer(ServerBench.request(Code.PUT, "/x"));
      assertThat(server.events).hasSize(5);
      assertThatIllegalArgumentException().isThrownBy(() -> Resource.at("/x").notAnActuator(" "));
    }

    @Test
    void eachDemandIsGivenUpAlone() {
      Resource lock = Resource.at("/x").put(r -> Response.of(Code.CHANGED));
      ResourcePolicy lax = lock.allowUnsecured("a").allowNonConfirmable("b").policy();
      assertThat(lax.security()).isEqualTo(Demand.NEVER);
      assertThat(lax.confirmable()).isEqualTo(Demand.NEVER);
      assertThat(lax.freshness()).isEqualTo(Demand.UNSAFE_METHODS);
      assertThat(lock.allowUntaggedBlocks("c").policy().requestTag()).isEqualTo(Demand.NEVER);
      assertThat(lock.freshFor(Duration.ofSeconds(3)).policy().freshnessWindowNanos())
          .isEqualTo(3_000_000_000L);
      assertThat(lock.policy().actuator()).isTrue();
    }

    @Test
    void aWindowIsPositiveAndAtMostADay() {
      Resource lock = Resource.at("/x").put(r -> Response.of(Code.CHANGED));
      assertThatIllegalArgumentException().isThrownBy(() -> lock.freshFor(Duration.ZERO).policy());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> lock.freshFor(Duration.ofDays(2)).policy());
    }
  }

  @Test
  void policyOfAPathWithoutResourceDemandsNothing() {
    Router router = Router.of(LOCK);
    assertThat(router.policyFor(put()).actuator()).isTrue();
    assertThat(router.policyFor(ServerBench.request(Code.PUT, "/no")))
        .isEqualTo(ResourcePolicy.OPEN);
  }

  @Test
  void refusesWhatNoHandlerTakesBeforeAnyChallenge() {
    ServerBench server = ServerBench.of(LOCK);
    assertThat(server.answer(ServerBench.request(Code.PUT, "/no")).code())
        .isEqualTo(Code.NOT_FOUND);
    assertThat(server.answer(ServerBench.request(Code.POST, "/lock")).code())
        .isEqualTo(Code.METHOD_NOT_ALLOWED);
  }
}
