package dev.moat.foe.stack;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.engine.block.Concurrency;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.foe.attack.ClearSight;
import dev.moat.foe.attack.Sight;
import dev.moat.foe.field.Party;
import dev.moat.foe.judge.Insight;
import dev.moat.foe.scenario.Ask;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Moat's own stack, with the remedies of RFC 9175 switched on or off. */
final class MoatStack implements StackUnderTest {
  private final String name;
  private final String description;
  private final Set<Remedy> remedies;
  private final Concurrency concurrency;

  MoatStack(String name, String description, EnumSet<Remedy> remedies) {
    this(name, description, remedies, Concurrency.CONCURRENT);
  }

  MoatStack(String name, String description, EnumSet<Remedy> remedies, Concurrency concurrency) {
    this.name = name;
    this.description = description;
    this.concurrency = concurrency;
    this.remedies = EnumSet.copyOf(remedies);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String security() {
    return "NoSec";
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean threeValued() {
    return remedies.contains(Remedy.CON);
  }

  @Override
  public boolean sendsNonConfirmable(Ask ask) {
    return ask.careless() && (ask.method().isSafe() || !remedies.contains(Remedy.CON));
  }

  @Override
  public Optional<String> notApplicable(Scenario scenario) {
    return Optional.empty();
  }

  @Override
  public Request request(Ask ask, Peer server) {
    Request request =
        Request.to(server, ask.method(), ask.path()).withPayload(Bytes.utf8(ask.payload()));
    if (sendsNonConfirmable(ask)) {
      request = request.withReliability(Reliability.NON_CONFIRMABLE);
    }
    Optional<Bytes> token = ask.token();
    return token.isPresent()
        ? request.withFact(InsecureScriptedTokens.TOKEN, token.get())
        : request;
  }

  @Override
  public Sight sight(Scenario.Cast cast, LongSupplier nanoClock) {
    return new ClearSight();
  }

  @Override
  public Insight insight(SecretBytes runSecret) {
    return Insight.CLEAR;
  }

  @Override
  public Party client(Scenario.Cast cast, Step.Caller caller, Surroundings surroundings) {
    return party(LabConfig.of(remedies, cast), new Router(surroundings.events()), surroundings);
  }

  @Override
  public Party server(Scenario.Cast cast, List<Served> served, Surroundings surroundings) {
    Router router = new Router(surroundings.events());
    served.forEach(one -> router.add(resource(one)));
    StackConfig config = LabConfig.of(remedies, cast);
    return party(
        config.withServerBlocks(config.serverBlocks().withConcurrency(concurrency)),
        router,
        surroundings);
  }

  private Resource resource(Served served) {
    Resource resource = Resource.at(served.path());
    for (Map.Entry<Code, Service<Request, Reply>> method : served.methods().entrySet()) {
      resource = resource.on(method.getKey(), method.getValue());
    }
    return remedies.contains(Remedy.REQUEST_TAG)
        ? resource
        : resource.allowUntaggedBlocks("a stack without Request-Tag is under test");
  }

  private static Party party(StackConfig config, Router router, Surroundings surroundings) {
    Stack stack =
        Stack.of(config, router, surroundings.gate(), surroundings.random(), surroundings.events());
    return new Party(stack, stack::request);
  }
}
