package dev.moat.engine;

import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.engine.amplification.Account;
import dev.moat.engine.reliability.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Tells observers of the newest state, and finds out whether they are still there (RFC 7641,
 * Sections 4.2 to 4.5).
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
final class Notifier {
  private static final int RECENT = 8;

  private final EngineCore core;
  private final Transmissions transmissions;
  private final ResponseSender sender;
  private final Answers answers;
  private final ObservePolicy policy;
  private final Observers observers;

  Notifier(
      EngineCore core,
      Transmissions transmissions,
      ResponseSender sender,
      Answers answers,
      Observers observers) {
    this.core = core;
    this.transmissions = transmissions;
    this.sender = sender;
    this.answers = answers;
    this.policy = core.config.observe();
    this.observers = observers;
  }

  void notify(Observation observation, Response state, long nowNanos) {
    if (observation.over) {
      return;
    }
    if (isLast(observation, state)) {
      end(observation, state, nowNanos);
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

  /**
   * RFC 7641, Section 4.2: an error ends the relation. The outer code of a protected one says
   * nothing; only notifications carry Observe (RFC 8613, Section 4.1.3.5).
   */
  static boolean isLast(Observation observation, Response state) {
    boolean unsequenced = observation.secured && !state.options().has(OptionNumber.OBSERVE);
    return unsequenced || !state.code().isSuccess();
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
    sender.transmit(observation.to, plain, true, nowNanos);
  }

  /** Sends the newest state; without room for that the relation is over. */
  void launch(Observation observation, boolean confirmable, long nowNanos) {
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

  /** Puts off what is sent even when nothing changes, by a whole interval. */
  void setConfirmableTimer(Observation observation, long nowNanos) {
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

  /** Ends a relation, once: no notifications follow. */
  void over(Observation observation, Notifications.End reason, long nowNanos) {
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

  private void send(Observation observation, long nowNanos) {
    Account account = charged(observation, nowNanos);
    if (account != null
        && Answers.octets(observation.token(), observation.sequenced(nowNanos))
            > account.budgetOctets()) {
      challenge(observation, account, nowNanos);
      return;
    }
    observation.pending = false;
    observation.lastSentNanos = nowNanos;
    // To an address that has shown nothing, the first notification already asks for an
    // acknowledgement.
    boolean confirmable = account != null || observation.isConfirmationDue(policy, nowNanos);
    launch(observation, confirmable, nowNanos);
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
    sender.transmit(observation.to, challenge, false, nowNanos);
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
    observation.confirmed(nowNanos);
    if (observation.over) {
      return;
    }
    setConfirmableTimer(observation, nowNanos);
    if (observation.pending) {
      notify(observation, observation.newest, nowNanos);
    }
  }

  /** RFC 7641, Section 4.5: at least every 24 hours, whether anything changed or not. */
  private final class ConfirmableTimer extends Deadline {
    private final Observation observation;

    private ConfirmableTimer(Observation observation) {
      this.observation = observation;
    }

    @Override
    protected void expired(long nowNanos) {
      if (observation.secured) {
        // The same protected state once more would be a replay, which no observer acknowledges.
        core.outputs.add(new Output.RenewalDue(observation));
        setConfirmableTimer(observation, nowNanos);
      } else if (observation.outstanding == null) {
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
      Response next = observation.sequenced(sendNanos);
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
