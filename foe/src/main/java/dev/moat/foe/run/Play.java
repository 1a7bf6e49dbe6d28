package dev.moat.foe.run;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stack.LoopGate;
import dev.moat.foe.app.ClientApplication;
import dev.moat.foe.app.Distance;
import dev.moat.foe.app.ServerApplication;
import dev.moat.foe.attack.Forger;
import dev.moat.foe.attack.Records;
import dev.moat.foe.field.Field;
import dev.moat.foe.field.Party;
import dev.moat.foe.impostor.ImpostorEnds;
import dev.moat.foe.judge.Judge;
import dev.moat.foe.judge.Opened;
import dev.moat.foe.judge.Verdict;
import dev.moat.foe.keys.Holder;
import dev.moat.foe.keys.Identities;
import dev.moat.foe.keys.Ledger;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Harm;
import dev.moat.foe.scenario.OrderedPath;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.Step;
import dev.moat.foe.stack.StackUnderTest;
import dev.moat.foe.trace.Entry;
import dev.moat.foe.trace.Trace;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Plays one scenario against one stack on one field. */
public final class Play {
  private static final Duration LONGEST_RUN = Duration.ofSeconds(40);
  private static final Duration TOLERATED_LAG = Duration.ofMillis(60);
  private static final int RUN_SECRET_OCTETS = 16;

  private final Scenario scenario;
  private final StackUnderTest stack;
  private final Field field;
  private final long seed;
  private final Trace trace;
  private final SecretBytes runSecret;
  private final Ledger ledger;
  private final Opened opened;
  private final Attribution attribution;
  private final Set<String> toldEvents = new HashSet<>();
  private final ServerApplication server;

  private Play(Scenario scenario, StackUnderTest stack, Field field, long seed) {
    this.scenario = scenario;
    this.stack = stack;
    this.field = field;
    this.seed = seed;
    this.trace = new Trace(field::nowNanos);
    this.runSecret = SecretBytes.random(RUN_SECRET_OCTETS, keyRandom());
    this.ledger = new Ledger();
    this.opened = opened(field.transport());
    this.attribution = new Attribution(opened, stack.insight(runSecret, ledger, opened), scenario);
    this.server = ServerApplication.of(scenario.cast().server(), field::nowNanos, trace);
  }

  /** Plays; the field is used up afterwards, and is to be closed by the caller. */
  public static Run of(Scenario scenario, StackUnderTest stack, Field field, long seed) {
    Optional<String> reason =
        stack.notApplicable(scenario).or(() -> obstacle(scenario, field.transport()));
    if (reason.isPresent()) {
      return new Run(new Verdict.NotApplicable(reason.get()), List.of());
    }
    Play play = new Play(scenario, stack, field, seed);
    try (play.ledger) {
      return play.run();
    }
  }

  private static Optional<String> obstacle(Scenario scenario, Transport transport) {
    return transport.isOrdered() ? OrderedPath.obstacle(scenario.steps()) : Optional.empty();
  }

  private Run run() {
    Yardstick yardstick = new Yardstick(scenario, field, trace);
    ClientApplication.Manner manner =
        new ClientApplication.Manner(stack.threeValued(), distance(yardstick));
    Players players =
        new Players(
            field,
            stack,
            server,
            new Players.Clients(
                client(manner, scenario.cast().beliefs()),
                client(new ClientApplication.Manner(true, Optional.empty()), Map.of())),
            random(3),
            ledger);
    Director director =
        new Director(
            scenario,
            field,
            players,
            new Director.Eyes(
                stack.sight(scenario.cast(), field.transport(), field::nowNanos), forger()),
            trace,
            attribution);
    field.open(endpoints(), director);
    if (!new Overture(field, players, trace).play()) {
      return spoilt("a client got no connection or no keys before the ladder began");
    }
    if (!yardstick.calibrate(players)) {
      return spoilt(
          "the direct path is no faster than Foe's tunnel, so no bound could be asked for");
    }
    director.begin();
    field.run(director::isFinished, LONGEST_RUN);
    Verdict verdict = Judge.judge(scenario.aim(), director.testimony(), attribution.mechanism());
    return new Run(verdict, trace.entries(), disturbance(verdict, director));
  }

  private Run spoilt(String why) {
    return new Run(new Verdict.NotApplicable(why), trace.entries(), Optional.of(why));
  }

  /**
   * What withstands an attack may well be the reason why a drawn message never came. Who is not
   * served in time may just have asked a machine that had none.
   */
  private Optional<String> disturbance(Verdict verdict, Director director) {
    return switch (verdict.kind()) {
      case WITHSTOOD -> Optional.empty();
      case NOT_APPLICABLE -> Optional.of(verdict.reason());
      case DETECTED -> director.departure();
      case SUCCEEDED ->
          director.departure().or(() -> asksForService() ? tooSlow() : Optional.empty());
    };
  }

  private boolean asksForService() {
    return scenario.aim().harms().stream().anyMatch(harm -> harm instanceof Harm.Unserved);
  }

  private Optional<String> tooSlow() {
    Duration lag = field.worstLag();
    return lag.compareTo(TOLERATED_LAG) > 0
        ? Optional.of("the machine was " + lag.toMillis() + " ms late")
        : Optional.empty();
  }

  private Opened opened(Transport transport) {
    return transport.isSecured()
        ? new RecordedMessages(
            transport, new Records(transport.security(), transport.connectionIdOctets()))
        : Opened.of(transport.format());
  }

  private Forger forger() {
    if (!scenario.attacksHandshake()) {
      return Forger.NONE;
    }
    Identities identities = Identities.of(runSecret);
    return new ImpostorEnds(
        identities.settings(Holder.FOE).build(), identities.random(Holder.FOE), ledger::foeHolds);
  }

  private Optional<Distance> distance(Yardstick yardstick) {
    if (!scenario.cast().demandsProximity()) {
      return Optional.empty();
    }
    return Optional.of(
        roundTripNanos -> {
          Optional<String> doubt = yardstick.doubt(roundTripNanos);
          doubt.ifPresent(why -> attribution.onDistanceRefused());
          return doubt;
        });
  }

  private ClientApplication client(ClientApplication.Manner manner, Map<String, String> beliefs) {
    return new ClientApplication(server.reading(), manner, beliefs, field::nowNanos, trace);
  }

  private Field.Endpoints endpoints() {
    List<StackUnderTest.Served> served =
        Players.served(server, field, scenario.cast().server().answersAfter());
    return new Field.Endpoints(
        gate ->
            overheard(
                stack.client(
                    scenario.cast(), Step.Caller.CLIENT, surroundings(gate, 0, "client's stack")),
                Direction.TO_SERVER),
        gate ->
            stack.client(
                scenario.cast(), Step.Caller.OTHER, surroundings(gate, 1, "other's stack")),
        gate ->
            overheard(
                stack.server(scenario.cast(), served, surroundings(gate, 2, "server's stack")),
                Direction.TO_CLIENT));
  }

  /** Both ends tell the judge what they hand to a transport that hides it. */
  private Party overheard(Party party, Direction direction) {
    if (!(opened instanceof RecordedMessages recorded)) {
      return party;
    }
    BiConsumer<Peer, Bytes> told =
        (to, octets) -> {
          if (direction == Direction.TO_SERVER || field.isThroughFoe(to)) {
            recorded.sent(direction, octets);
          }
        };
    return party.with(
        datagrams -> new OverheardDatagrams(datagrams, told),
        streams -> new OverheardStreams(streams, told));
  }

  private StackUnderTest.Surroundings surroundings(LoopGate gate, int stream, String whose) {
    return new StackUnderTest.Surroundings(
        gate, random(stream), events(whose), runSecret, ledger, field::nowNanos, field.transport());
  }

  /** Each cell of the table has keys of its own, and the same seed gives the same ones again. */
  private RandomSource keyRandom() {
    String where = field.transport().isPlainUdp() ? "" : " " + field.transport().word();
    long cell = (scenario.id() + " " + stack.name() + where).hashCode();
    return new InsecureSeededRandom((cell << Integer.SIZE) + seed);
  }

  private RandomSource random(int stream) {
    return new InsecureSeededRandom(seed * 31 + stream);
  }

  /** What stacks have to say is evidence too; the same sentence once. */
  private EventSink events(String whose) {
    return event -> field.inRun(() -> tell(whose, event));
  }

  private void tell(String whose, Event event) {
    attribution.onEvent(event);
    String text = whose + ": " + event.describe();
    if (toldEvents.size() < 200 && toldEvents.add(text)) {
      trace.add(Entry.Kind.STACK, text);
    }
  }
}
