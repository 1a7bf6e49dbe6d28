package dev.moat.engine;

import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.amplification.Account;
import dev.moat.engine.reliability.Deadline;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Relations by which peers observe resources here, on the level of messages (RFC 7641, Section 4).
 *
 * <pre>
 *   observe() --> [ quiet ] --notify, NON--> [ quiet ]
 *                    | notify, CON                 notify while one is outstanding:
 *                    v                             the newest state goes out next
 *              [ outstanding ] --ACK--> [ quiet ]
 *                    | Reset, or never acknowledged
 *                    v
 *                 ( over )
 * </pre>
 */
final class Observations {
  private static final int RECENT = 8;

  /** How much longer than the first state an unproven observer must be able to be told the next. */
  private static final int GROWTH_OCTETS = 64;

  private static final long TICK_NANOS = 1L << 20;
  private static final long SEQUENCE_MASK = (1L << 24) - 1;
  private static final long HALF_OF_SEQUENCE = 1L << 23;

  private final EngineCore core;
  private final Transmissions transmissions;
  private final ServerExchanges server;
  private final Answers answers;
  private final ObservePolicy policy;
  private final Observers observers;

  Observations(
      EngineCore core, Transmissions transmissions, ServerExchanges server, Answers answers) {
    this.core = core;
    this.transmissions = transmissions;
    this.server = server;
    this.answers = answers;
    this.policy = core.config.observe();
    this.observers = new Observers(core.config.limits(), core.random.positiveLong());
  }

  /** Answers a registration; empty when a plain response, or none, went out instead. */
  Optional<Observation> begin(Inbound exchange, Response first, long nowNanos) {
    Response plain = first.withOptions(first.options().without(OptionNumber.OBSERVE));
    if (!isRegistration(exchange, plain)) {
      server.respond(exchange, plain, nowNanos);
      return Optional.empty();
    }
    if (!server.claim(exchange)) {
      return Optional.empty();
    }
    deregister(exchange.peer(), exchange, Notifications.End.REPLACED, nowNanos);
    if (!observers.hasRoom(exchange.peer())) {
      core.emit(new EngineEvent.Refused(exchange.peer(), plain.code(), Why.OVERLOAD));
      server.answer(exchange, plain, nowNanos);
      return Optional.empty();
    }
    Observation observation = new Observation(exchange.to, plain);
    observation.lastConfirmableNanos = nowNanos;
    observation.lastSentNanos = nowNanos;
    return register(observation, exchange, nowNanos);
  }

  void notify(Observation observation, Response state, long nowNanos) {
    if (observation.over) {
      return;
    }
    if (!state.code().isSuccess()) {
      end(observation, state, nowNanos); // RFC 7641, Section 4.2
      return;
    }
    observation.newest = state.withOptions(state.options().without(OptionNumber.OBSERVE));
    observation.pending = true;
    long quietNanos = nowNanos - observation.lastSentNanos;
    if (observation.outstanding != null) {
      return; // RFC 7641, Section 4.5.2: goes out when that one was acknowledged or timed out
    }
    if (quietNanos < policy.minIntervalNanos()) {
      Deadline timer = observation.paceTimer;
      if (timer == null) {
        timer = new PaceTimer(observation);
        observation.paceTimer = timer;
      }
      core.deadlines.set(timer, observation.lastSentNanos + policy.minIntervalNanos());
      return;
    }
    send(observation, nowNanos);
  }

  void end(Observation observation, Response last, long nowNanos) {
    if (observation.over) {
      return;
    }
    over(observation, Notifications.End.RESOURCE_ENDED, nowNanos);
    Response plain = last.withOptions(last.options().without(OptionNumber.OBSERVE));
    Account account = charged(observation, nowNanos);
    int octets = Answers.octets(observation.token(), plain);
    if (account != null && octets > account.budgetOctets()) {
      core.emit(new EngineEvent.Withheld(observation.peer(), octets));
      return;
    }
    if (account != null) {
      account.sent(octets);
    }
    sendLast(observation, plain, true, nowNanos);
  }

  /** Ends the relation of this endpoint and token, if any. */
  void deregister(Peer peer, Inbound request, Notifications.End reason, long nowNanos) {
    Optional<Observation> known = observers.find(peer, request.token());
    if (known.isPresent()) {
      over(known.get(), reason, nowNanos);
    }
  }

  void close(long nowNanos) {
    for (Observation observation : observers.removeAll()) {
      over(observation, Notifications.End.EVICTED, nowNanos);
    }
  }

  int size() {
    return observers.size();
  }

  private static boolean isRegistration(Inbound exchange, Response first) {
    return first.code().isSuccess()
        && exchange.message.code().isSafe()
        && !exchange.multicast
        && exchange.message.options().observe().orElse(-1) == 0
        && !Answers.isSuppressed(exchange, first);
  }

  private Optional<Observation> register(Observation observation, Inbound exchange, long nowNanos) {
    Response sequenced = sequenced(observation, nowNanos);
    if (leavesNoRoom(exchange, sequenced, nowNanos)) {
      server.answer(exchange, answers.challenge(exchange.peer(), nowNanos), nowNanos);
      return Optional.empty();
    }
    Optional<Response> admitted = server.admitted(exchange, sequenced, nowNanos);
    if (admitted.isEmpty()) {
      return Optional.empty();
    }
    if (!admitted.get().equals(sequenced)) {
      server.dispatch(exchange, admitted.get(), nowNanos);
      return Optional.empty();
    }
    observers.add(observation);
    if (ServerExchanges.isPiggybacked(exchange)) {
      server.dispatch(exchange, sequenced, nowNanos);
    } else {
      server.concludeSeparately(exchange, sequenced);
      observation.prepaid = true;
      launch(observation, exchange.isConfirmable(), nowNanos);
    }
    setConfirmableTimer(observation, nowNanos);
    return observation.over ? Optional.empty() : Optional.of(observation);
  }

  /**
   * True when an unproven address could be told the state, but not of a change, which goes out
   * unasked and so without the first answer's allowance: rather than to lose it in silence, it is
   * asked to prove itself before it registers (RFC 9175, Section 2.4, item 3).
   */
  private boolean leavesNoRoom(Inbound exchange, Response first, long nowNanos) {
    Account account = exchange.to.charged(core, nowNanos);
    return account != null
        && 2L * Answers.octets(exchange.token(), first) + GROWTH_OCTETS > account.budgetOctets();
  }

  /**
   * The newest state under the next sequence number: about one for each millisecond, always ahead
   * of the last.
   */
  private static Response sequenced(Observation observation, long nowNanos) {
    long byTime = (nowNanos / TICK_NANOS) & SEQUENCE_MASK;
    long ahead = (byTime - observation.lastSequence) & SEQUENCE_MASK;
    boolean timeIsAhead = observation.lastSequence < 0 || (ahead > 0 && ahead < HALF_OF_SEQUENCE);
    observation.lastSequence =
        timeIsAhead ? byTime : (observation.lastSequence + 1) & SEQUENCE_MASK;
    return observation.newest.with(Option.uint(OptionNumber.OBSERVE, observation.lastSequence));
  }

  private void send(Observation observation, long nowNanos) {
    Account account = charged(observation, nowNanos);
    if (account != null
        && Answers.octets(observation.token(), sequenced(observation, nowNanos))
            > account.budgetOctets()) {
      challenge(observation, account, nowNanos);
      return;
    }
    observation.pending = false;
    observation.lastSentNanos = nowNanos;
    // To an address that has shown nothing, the first notification already asks for an
    // acknowledgement.
    boolean confirmable =
        account != null
            || observation.everyConfirmable
            || observation.nonsSinceConfirmable >= policy.nonsBetweenConfirmables()
            || nowNanos - observation.lastConfirmableNanos >= policy.confirmableIntervalNanos();
    launch(observation, confirmable, nowNanos);
  }

  private void launch(Observation observation, boolean confirmable, long nowNanos) {
    Remote remote = core.remotes.obtain(observation.peer(), nowNanos);
    if (remote == null) {
      over(observation, Notifications.End.EVICTED, nowNanos);
      return;
    }
    Transmission transmission =
        new NotificationTransmission(transmissions, remote, confirmable, observation);
    if (confirmable) {
      observation.outstanding = transmission;
    } else {
      observation.nonsSinceConfirmable++;
      observation.recent.add(transmission);
      if (observation.recent.size() > RECENT) {
        transmissions.finish(observation.recent.remove(), nowNanos);
      }
    }
    if (!transmissions.start(transmission, nowNanos)) {
      over(observation, Notifications.End.EVICTED, nowNanos);
    }
  }

  /**
   * The notification would exceed what an unproven address may get: it must register again, with
   * Echo.
   */
  private void challenge(Observation observation, Account account, long nowNanos) {
    over(observation, Notifications.End.EVICTED, nowNanos);
    Response challenge = answers.challenge(observation.peer(), nowNanos);
    int octets = Answers.octets(observation.token(), challenge);
    if (octets > account.budgetOctets()) {
      core.emit(new EngineEvent.Withheld(observation.peer(), octets));
      return;
    }
    account.sent(octets);
    core.emit(new EngineEvent.Challenged(observation.peer(), octets));
    sendLast(observation, challenge, false, nowNanos);
  }

  private void sendLast(
      Observation observation, Response last, boolean confirmable, long nowNanos) {
    Remote remote = core.remotes.obtain(observation.peer(), nowNanos);
    if (remote == null) {
      core.emit(new EngineEvent.Unsendable(observation.peer(), last.code()));
      return;
    }
    Transmission transmission =
        new ResponseTransmission(core, transmissions, remote, observation.to, last, confirmable);
    if (transmissions.start(transmission, nowNanos) && !confirmable) {
      transmissions.finish(transmission, nowNanos);
    }
  }

  private void over(Observation observation, Notifications.End reason, long nowNanos) {
    if (observation.over) {
      return;
    }
    observation.over = true;
    observers.remove(observation);
    clear(observation.confirmableTimer);
    clear(observation.paceTimer);
    if (observation.outstanding != null) {
      transmissions.finish(observation.outstanding, nowNanos);
    }
    for (Transmission recent : observation.recent) {
      transmissions.finish(recent, nowNanos);
    }
    core.outputs.add(new Output.ObservationEnded(observation, reason));
    core.emit(new EngineEvent.RelationOver(observation.peer(), reason));
  }

  private void clear(@Nullable Deadline timer) {
    if (timer != null) {
      core.deadlines.clear(timer);
    }
  }

  private @Nullable Account charged(Observation observation, long nowNanos) {
    return observation.answering ? null : observation.to.charged(core, nowNanos);
  }

  private void onAcknowledged(Observation observation, long nowNanos) {
    observation.outstanding = null;
    observation.answering = true;
    observation.nonsSinceConfirmable = 0;
    observation.lastConfirmableNanos = nowNanos;
    if (observation.over) {
      return;
    }
    setConfirmableTimer(observation, nowNanos);
    if (observation.pending) {
      notify(observation, observation.newest, nowNanos);
    }
  }

  private void setConfirmableTimer(Observation observation, long nowNanos) {
    if (observation.over) {
      return;
    }
    Deadline timer = observation.confirmableTimer;
    if (timer == null) {
      timer = new ConfirmableTimer(observation);
      observation.confirmableTimer = timer;
    }
    core.deadlines.set(timer, nowNanos + policy.confirmableIntervalNanos());
  }

  /** RFC 7641, Section 4.5: at least every 24 hours, whether anything changed or not. */
  private final class ConfirmableTimer extends Deadline {
    private final Observation observation;

    private ConfirmableTimer(Observation observation) {
      this.observation = observation;
    }

    @Override
    protected void expired(long nowNanos) {
      if (observation.outstanding == null) {
        launch(observation, true, nowNanos);
      }
    }
  }

  private final class PaceTimer extends Deadline {
    private final Observation observation;

    private PaceTimer(Observation observation) {
      this.observation = observation;
    }

    @Override
    protected void expired(long nowNanos) {
      if (observation.outstanding == null && observation.pending) {
        send(observation, nowNanos);
      }
    }
  }

  private final class NotificationTransmission extends Transmission {
    private final Observation observation;

    private NotificationTransmission(
        Transmissions owner, Remote remote, boolean confirmable, Observation observation) {
      super(owner, remote, confirmable);
      this.observation = observation;
    }

    @Override
    Message message(int withId) {
      MessageType type = confirmable ? MessageType.CON : MessageType.NON;
      observation.pending = false;
      Response next = sequenced(observation, sendNanos);
      return Answers.message(type, withId, observation.token(), next);
    }

    @Override
    boolean isGated() {
      return confirmable; // RFC 7641, Section 4.5.1
    }

    @Override
    boolean takeNewState() {
      return observation.pending;
    }

    @Override
    @Nullable Account account(long nowNanos) {
      if (observation.prepaid) {
        observation.prepaid = false;
        return null;
      }
      return charged(observation, nowNanos);
    }

    @Override
    void acknowledged(long nowNanos) {
      onAcknowledged(observation, nowNanos);
    }

    @Override
    void formerStateAcknowledged(long nowNanos) {
      observation.answering = true;
    }

    @Override
    void rejected(long nowNanos) {
      over(observation, Notifications.End.RESET, nowNanos);
    }

    @Override
    void gaveUp(long nowNanos) {
      over(observation, Notifications.End.SILENT, nowNanos);
    }

    @Override
    void unsendable(Outcome.Cause cause, long nowNanos) {
      over(observation, Notifications.End.EVICTED, nowNanos);
    }
  }
}
