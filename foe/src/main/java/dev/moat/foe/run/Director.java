package dev.moat.foe.run;

import dev.moat.bytes.Bytes;
import dev.moat.foe.attack.Foe;
import dev.moat.foe.attack.Forger;
import dev.moat.foe.attack.Sight;
import dev.moat.foe.field.Field;
import dev.moat.foe.field.Tap;
import dev.moat.foe.judge.Testimony;
import dev.moat.foe.scenario.Ask;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.Step;
import dev.moat.foe.trace.Entry;
import dev.moat.foe.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes through a ladder line by line. Lines that do something are done at once; lines that wait
 * hold the ladder up until what they wait for happens or the scenario's patience ends.
 */
final class Director implements Tap {
  private static final Duration SETTLING = Duration.ofMillis(150);
  private static final int SHOWN_VICTIM_DATAGRAMS = 12;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(12);

  private final Scenario scenario;
  private final Field field;
  private final Foe foe;
  private final Sight sight;
  private final Players players;
  private final Trace trace;
  private final Attribution attribution;
  private final Step.Cases<Runnable> actions;
  private final List<Testimony.Moment> moments = new ArrayList<>();
  private Optional<String> obstacle = Optional.empty();
  private Optional<String> departure = Optional.empty();
  private boolean begun;
  private int cursor;
  private int timersUnderWay;
  private boolean waitsForCalls;
  private boolean drawnAsWaiting;
  private boolean advancing;
  private boolean settled;
  private long spoofedOctets;
  private long victimOctets;
  private long victimDatagrams;

  Director(
      Scenario scenario,
      Field field,
      Players players,
      Eyes eyes,
      Trace trace,
      Attribution attribution) {
    this.scenario = scenario;
    this.field = field;
    this.players = players;
    this.trace = trace;
    this.attribution = attribution;
    this.sight = eyes.sight;
    this.foe = new Foe(sight, eyes.forger, new CountingWire(field, this::onSpoofed), trace);
    this.actions =
        new Step.Cases<>(
            meet -> () -> meet(meet),
            copies -> () -> foe.treatCopies(copies),
            every -> () -> foe.treatEvery(every),
            release -> () -> release(release),
            forge -> () -> forge(forge),
            call -> () -> call(call),
            pause -> () -> pause(pause),
            act -> () -> act(act));
  }

  /** Starts with the first line. What came to Foe before is none of the ladder's messages. */
  void begin() {
    begun = true;
    advance();
  }

  /** True when the ladder is through and everything has come to rest. */
  boolean isFinished() {
    return settled;
  }

  /** How the run departed from the drawn ladder; empty when it did not. */
  Optional<String> departure() {
    return departure;
  }

  /** What the applications say, at the end. */
  Testimony testimony() {
    Testimony.Flood flood = new Testimony.Flood(spoofedOctets, victimOctets);
    if (victimDatagrams > 0) {
      trace.add(
          Entry.Kind.FOE,
          "sent "
              + spoofedOctets
              + " octets as the victim; the victim received "
              + victimOctets
              + " octets in "
              + victimDatagrams
              + " datagrams");
    }
    Optional<String> unfinished =
        settled ? obstacle : Optional.of("the ladder did not come to its end in time");
    return new Testimony(
        moments, players.asked(), players.server().deeds(), flood, unfinished, players.ending());
  }

  @Override
  public void onDatagram(Direction direction, Bytes datagram) {
    if (begun) {
      attribution.onDatagram(direction, datagram);
    } else {
      attribution.onBeforehand(direction, datagram);
    }
    boolean waited = foe.isWaiting();
    foe.onDatagram(direction, datagram);
    if (waited && !foe.isWaiting() && cursor > 0) {
      checkThatTheClientWaits(scenario.steps().get(cursor - 1).text());
    }
    advance();
  }

  /**
   * As drawn, the client waits for an answer from its request until the ladder says that it gives
   * up. On a machine that has no time it may be sooner.
   */
  private void checkThatTheClientWaits(String what) {
    if (drawnAsWaiting && players.client().openCalls() == 0) {
      departure =
          departure.or(() -> Optional.of("the client had given up before Foe came to " + what));
    }
  }

  @Override
  public void onVictimDatagram(Bytes datagram) {
    victimOctets += datagram.length();
    victimDatagrams++;
    attribution.onVictimDatagram(datagram);
    if (victimDatagrams <= SHOWN_VICTIM_DATAGRAMS) {
      trace.message(Direction.TO_CLIENT, Entry.Mark.SPOOFED, "", sight.describe(datagram));
    }
  }

  private void onSpoofed(Bytes datagram) {
    spoofedOctets += datagram.length();
  }

  private void advance() {
    if (advancing || !begun) {
      return;
    }
    advancing = true;
    while (cursor < scenario.steps().size() && !isWaiting()) {
      Step step = scenario.steps().get(cursor);
      cursor++;
      step.fold(actions).run();
    }
    advancing = false;
    if (cursor == scenario.steps().size() && !isWaiting()) {
      cursor++;
      settle();
    }
  }

  private boolean isWaiting() {
    return foe.isWaiting()
        || timersUnderWay > 0
        || (waitsForCalls && players.client().openCalls() > 0);
  }

  private void meet(Step.Meet meet) {
    foe.expect(meet);
    int expectedCursor = cursor;
    field.later(
        scenario.cast().patience(),
        () -> {
          if (cursor == expectedCursor && foe.isWaiting()) {
            foe.giveUp();
            departure = departure.or(() -> Optional.of("Foe waited in vain for " + meet.text()));
            trace.add(Entry.Kind.FOE, "waited in vain for " + meet.text());
            advance();
          }
        });
  }

  private void release(Step.Release release) {
    checkThatTheClientWaits(release.text());
    Optional<Bytes> datagram = foe.release(release);
    if (datagram.isPresent()) {
      attribution.onReleased(release.direction(), datagram.get());
    } else {
      obstacle = Optional.of("Foe could not hold \"" + release.name() + "\": it was never sent");
    }
  }

  private void forge(Step.Forge forge) {
    foe.forge(forge)
        .ifPresentOrElse(
            datagram -> attribution.onForged(forge, datagram),
            () -> obstacle = Optional.of("Foe could not make " + forge.text()));
  }

  private void call(Step.Call call) {
    waitsForCalls = false;
    if (players.client().openCalls() == 0) {
      foe.clientRests();
    }
    drawnAsWaiting |= call.caller() == Step.Caller.CLIENT;
    for (int i = 0; i < call.ask().times(); i++) {
      players.call(call.caller(), call.ask(), this::advance);
    }
  }

  private void pause(Step.Pause pause) {
    trace.add(Entry.Kind.TIME, pause.text());
    wait(pause.time());
  }

  private void wait(Duration time) {
    timersUnderWay++;
    field.later(
        time,
        () -> {
          timersUnderWay--;
          advance();
        });
  }

  private void act(Step.Act act) {
    drawnAsWaiting = false;
    switch (act.kind()) {
      case GIVE_UP -> waitsForCalls = true;
      case SEE -> players.see(act.subject());
      case MAKE_SURE -> makeSure();
    }
  }

  /** The moment before the client looks counts too: then it must know, or know that it does not. */
  private void makeSure() {
    moments.add(players.moment());
    foe.clientRests();
    List<Ask> questions = players.client().questions();
    if (questions.isEmpty()) {
      waitsForCalls = true;
      return;
    }
    timersUnderWay++;
    field.renew(
        Step.Caller.CLIENT,
        ready -> {
          timersUnderWay--;
          questions.forEach(this::makeSure);
          waitsForCalls = true;
          advance();
        });
  }

  private void makeSure(Ask question) {
    trace.add(Entry.Kind.CLIENT, "makes sure, with a request of its own");
    players.call(Step.Caller.CLIENT, question, this::advance);
  }

  private void settle() {
    field.later(SETTLING, () -> settleOnceCallsEnded(field.nowNanos()));
  }

  private void settleOnceCallsEnded(long sinceNanos) {
    boolean patient = field.nowNanos() - sinceNanos < LONGEST_WAIT.toNanos();
    if (players.client().openCalls() > 0 && patient) {
      field.later(SETTLING, () -> settleOnceCallsEnded(sinceNanos));
      return;
    }
    Testimony.Moment end = players.moment();
    moments.add(end);
    end.falsehoods()
        .values()
        .forEach(falsehood -> trace.add(Entry.Kind.CLIENT, "is wrong: " + falsehood));
    settled = true;
  }

  /** What Foe can make of datagrams, and which it can make itself. */
  record Eyes(Sight sight, Forger forger) {}
}
