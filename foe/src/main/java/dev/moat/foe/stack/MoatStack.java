package dev.moat.foe.stack;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.stack.OscoreConfig;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.endpoint.stack.StreamStack;
import dev.moat.engine.block.Concurrency;
import dev.moat.engine.echo.EchoMint;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.ResourcePolicy;
import dev.moat.engine.resource.Router;
import dev.moat.foe.attack.ClearSight;
import dev.moat.foe.attack.EchoHabits;
import dev.moat.foe.attack.ProtectedSight;
import dev.moat.foe.attack.RecordHabits;
import dev.moat.foe.attack.RecordSight;
import dev.moat.foe.attack.Records;
import dev.moat.foe.attack.Sight;
import dev.moat.foe.field.Party;
import dev.moat.foe.judge.Insight;
import dev.moat.foe.judge.Opened;
import dev.moat.foe.keys.Ledger;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Ask;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.Step;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Moat's own stack, with OSCORE or without, and with the remedies of RFC 9175 on or off. */
final class MoatStack implements StackUnderTest {
  /** Stacks by this name are there to show that an attack on the handshake can succeed. */
  static final String CONTROL = "edhoc:";

  private static final int TAG_OCTETS = AeadAlgorithm.AES_CCM_16_64_128.tagOctets();

  private final String name;
  private final String description;
  private final Set<Remedy> remedies;
  private final Concurrency concurrency;
  private final Optional<Keying> oscore;

  MoatStack(String name, String description, EnumSet<Remedy> remedies) {
    this(name, description, remedies, Concurrency.CONCURRENT, Optional.empty());
  }

  MoatStack(
      String name,
      String description,
      EnumSet<Remedy> remedies,
      Concurrency concurrency,
      Optional<Keying> oscore) {
    this.name = name;
    this.description = description;
    this.remedies = EnumSet.copyOf(remedies);
    this.concurrency = concurrency;
    this.oscore = oscore;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String security() {
    return oscore.isPresent() ? "OSCORE" : "NoSec";
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
  public boolean hasPartIn(Scenario scenario) {
    return scenario.attacksHandshake()
        ? oscore.map(Keying::isByHandshake).orElse(false)
        : !name.startsWith(CONTROL);
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
  public Sight sight(Scenario.Cast cast, Transport transport, LongSupplier nanoClock) {
    if (transport.isSecured()) {
      return new RecordSight(
          new Records(transport.security(), transport.connectionIdOctets()),
          new RecordHabits(transport.format(), challengingHabits(cast), oscore.isPresent()),
          LabConfig.RETRANSMISSION_SPAN,
          nanoClock);
    }
    return oscore.isPresent()
        ? new ProtectedSight(transport.format(), challengingHabits(cast), nanoClock)
        : new ClearSight(transport.format());
  }

  private Optional<EchoHabits> challengingHabits(Scenario.Cast cast) {
    Duration freshness = cast.freshness().orElse(ResourcePolicy.DEFAULT_FRESHNESS_WINDOW);
    return remedies.contains(Remedy.ECHO)
        ? Optional.of(new EchoHabits(EchoMint.VALUE_OCTETS, TAG_OCTETS, freshness))
        : Optional.empty();
  }

  @Override
  public Insight insight(SecretBytes runSecret, Ledger ledger, Opened opened) {
    return oscore
        .<Insight>map(keying -> new OscoreInsight(keying.keys(runSecret, ledger), opened))
        .orElseGet(() -> Insight.of(opened));
  }

  @Override
  public Party client(Scenario.Cast cast, Step.Caller caller, Surroundings surroundings) {
    StackConfig config = config(cast, surroundings);
    Router nothing = new Router(surroundings.events());
    if (oscore.isEmpty()) {
      return party(config, nothing, surroundings);
    }
    OscoreConfig security = OscoreConfig.forRequestsOnly().withCrypto(JdkCrypto.create());
    Party plain = party(config.withOscore(security), nothing, surroundings);
    return oscore.get().client(plain, cast, caller, surroundings);
  }

  @Override
  public Party server(Scenario.Cast cast, List<Served> served, Surroundings surroundings) {
    Router router = new Router(surroundings.events());
    served.forEach(one -> router.add(resource(one)));
    StackConfig config = config(cast, surroundings);
    config = config.withServerBlocks(config.serverBlocks().withConcurrency(concurrency));
    if (oscore.isPresent()) {
      config = config.withOscore(oscore.get().server(router, cast, surroundings));
    }
    return party(config, router, surroundings);
  }

  private StackConfig config(Scenario.Cast cast, Surroundings surroundings) {
    boolean secured = oscore.isPresent() || surroundings.transport().isSecured();
    return LabConfig.of(remedies, secured, cast);
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
    if (surroundings.transport().isOrdered()) {
      StreamStack stack =
          StreamStack.of(
              config, router, surroundings.gate(), surroundings.random(), surroundings.events());
      return Party.of(stack, new ConnectedCalls(stack));
    }
    Stack stack =
        Stack.of(config, router, surroundings.gate(), surroundings.random(), surroundings.events());
    return Party.of(stack, stack::request);
  }
}
