package dev.moat.foe.run;

import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.EventSink;
import dev.moat.endpoint.stack.LoopGate;
import dev.moat.foe.app.ClientApplication;
import dev.moat.foe.app.Distance;
import dev.moat.foe.app.ServerApplication;
import dev.moat.foe.attack.Forger;
import dev.moat.foe.field.Field;
import dev.moat.foe.impostor.ImpostorEnds;
import dev.moat.foe.judge.Judge;
import dev.moat.foe.judge.Verdict;
import dev.moat.foe.keys.Holder;
import dev.moat.foe.keys.Identities;
import dev.moat.foe.keys.Ledger;
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

/** Plays one scenario against one stack on one field. */
public final class Play {
  private static final Duration LONGEST_RUN = Duration.ofSeconds(40);
  private static final int RUN_SECRET_OCTETS = 16;

  private final Scenario scenario;
  private final StackUnderTest stack;
  private final Field field;
  private final long seed;
  private final Trace trace;
  private final SecretBytes runSecret;
  private final Ledger ledger;
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
    this.attribution = new Attribution(stack.insight(runSecret, ledger), scenario);
    this.server = ServerApplication.of(scenario.cast().server(), field::nowNanos, trace);
  }

  /** Plays; the field is used up afterwards, and is to be closed by the caller. */
  public static Run of(Scenario scenario, StackUnderTest stack, Field field, long seed) {
    Optional<String> reason = stack.notApplicable(scenario);
    if (reason.isPresent()) {
      return new Run(new Verdict.NotApplicable(reason.get()), List.of());
    }
    Play play = new Play(scenario, stack, field, seed);
    try (play.ledger) {
      return play.run();
    }
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
            new Director.Eyes(stack.sight(scenario.cast(), field::nowNanos), forger()),
            trace,
            attribution);
    field.open(endpoints(), director);
    new Overture(field, players, trace).play();
    yardstick.calibrate(players);
    director.begin();
    field.run(director::isFinished, LONGEST_RUN);
    Verdict verdict = Judge.judge(scenario.aim(), director.testimony(), attribution.mechanism());
    return new Run(verdict, trace.entries());
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
            stack.client(
                scenario.cast(), Step.Caller.CLIENT, surroundings(gate, 0, "client's stack")),
        gate ->
            stack.client(
                scenario.cast(), Step.Caller.OTHER, surroundings(gate, 1, "other's stack")),
        gate -> stack.server(scenario.cast(), served, surroundings(gate, 2, "server's stack")));
  }

  private StackUnderTest.Surroundings surroundings(LoopGate gate, int stream, String whose) {
    return new StackUnderTest.Surroundings(
        gate, random(stream), events(whose), runSecret, ledger, field::nowNanos);
  }

  /** Each cell of the table has keys of its own, and the same seed gives the same ones again. */
  private RandomSource keyRandom() {
    long cell = (scenario.id() + " " + stack.name()).hashCode();
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
