package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Message;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.Transmission.Stage;
import dev.moat.engine.amplification.Account;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Message IDs, retransmission with exponential back-off, NSTART and PROBING_RATE (RFC 7252,
 * Sections 4.2 to 4.7).
 */
final class Transmissions {
  /** The longest UDP payload over IPv4. */
  static final int MAX_DATAGRAM_OCTETS = 65_507;

  private static final long SECOND = 1_000_000_000L;

  private final EngineCore core;
  private final TransmissionParameters parameters;

  Transmissions(EngineCore core) {
    this.core = core;
    this.parameters = core.config.transmission();
  }

  /** Sends the first copy, now or when NSTART allows; false when too many wait already. */
  boolean start(Transmission transmission, long nowNanos) {
    Remote remote = transmission.remote;
    if (!transmission.isGated() || remote.outstanding < parameters.nstart()) {
      launch(transmission, nowNanos);
      return true;
    }
    if (remote.queued() >= core.config.limits().queuedPerPeer()) {
      return false;
    }
    transmission.stage = Stage.QUEUED;
    return remote.queue().add(transmission);
  }

  /** Expects nothing more; whatever NSTART held back goes out. */
  void finish(Transmission transmission, long nowNanos) {
    if (transmission.stage == Stage.DONE) {
      return;
    }
    detach(transmission);
    core.deadlines.clear(transmission);
    release(transmission, nowNanos);
  }

  /**
   * Expects nothing more of a non-confirmable message that met with silence, but lets it count
   * until PROBING_RATE allows the next (RFC 7252, Section 4.7).
   */
  void abandon(Transmission transmission, long nowNanos) {
    if (transmission.confirmable || transmission.stage != Stage.IN_FLIGHT) {
      finish(transmission, nowNanos);
    } else {
      detach(transmission);
    }
  }

  /** Nothing more is to be done for a request; {@code heard} when the peer has answered. */
  void conclude(Outbound exchange, boolean heard, long nowNanos) {
    Transmission transmission = exchange.transmission;
    if (transmission == null) {
      return;
    }
    if (heard) {
      finish(transmission, nowNanos);
    } else {
      abandon(transmission, nowNanos);
    }
  }

  void onAcknowledgement(Peer from, int messageId, long nowNanos) {
    Transmission found = find(from, messageId);
    if (found == null || !found.confirmable) {
      core.ignored(from, Why.NOTHING_TO_ACKNOWLEDGE);
    } else if (found.messageId == messageId) {
      finish(found, nowNanos);
      found.acknowledged(nowNanos);
    } else {
      restart(found, nowNanos);
      found.formerStateAcknowledged(nowNanos);
    }
  }

  void onReset(Peer from, int messageId, long nowNanos) {
    Transmission found = find(from, messageId);
    if (found == null) {
      core.ignored(from, Why.NOTHING_TO_ACKNOWLEDGE);
      return;
    }
    finish(found, nowNanos);
    found.rejected(nowNanos);
  }

  /** What is in flight to {@code peer} under this Message ID, or null. */
  @Nullable Transmission find(Peer peer, int messageId) {
    Remote remote = core.remotes.find(peer);
    return remote == null ? null : remote.inFlight.get(messageId);
  }

  /** Nothing more is sent to {@code peer}, nor expected of it. */
  void onAssociationEnded(Peer peer, long nowNanos) {
    Remote remote = core.remotes.find(peer);
    if (remote == null) {
      return;
    }
    remote.queue().clear();
    for (Transmission waiting : List.copyOf(remote.inFlight.values())) {
      finish(waiting, nowNanos);
      waiting.gaveUp(nowNanos);
    }
    core.remotes.forget(remote);
  }

  /** The transport could not send this datagram. */
  void onSendFailed(Peer to, Bytes datagram, long nowNanos) {
    Remote remote = core.remotes.find(to);
    if (remote == null) {
      return;
    }
    for (Transmission found : remote.inFlight.values()) {
      if (found.copies == 1 && found.concludesOnSendFailure() && found.datagram.equals(datagram)) {
        finish(found, nowNanos);
        found.unsendable(Outcome.Cause.SEND_FAILED, nowNanos);
        return;
      }
    }
  }

  void expired(Transmission transmission, long nowNanos) {
    if (!transmission.confirmable) {
      release(transmission, nowNanos); // PROBING_RATE allows the next one
    } else if (transmission.attempts > parameters.maxRetransmit()) {
      finish(transmission, nowNanos);
      core.emit(
          new EngineEvent.GaveUp(
              transmission.remote.peer(), transmission.messageId, transmission.copies));
      transmission.gaveUp(nowNanos);
    } else {
      retransmit(transmission, nowNanos);
    }
  }

  /** Encodes the message under a new Message ID; says why when that cannot be done. */
  private Optional<Outcome.Cause> encode(Transmission transmission, long nowNanos) {
    long lifetimeNanos =
        transmission.confirmable
            ? parameters.exchangeLifetimeNanos()
            : parameters.nonLifetimeNanos();
    OptionalInt id = transmission.remote.messageIds.next(nowNanos, lifetimeNanos);
    if (id.isEmpty()) {
      return Optional.of(Outcome.Cause.QUEUE_FULL);
    }
    transmission.sendNanos = nowNanos;
    Optional<Bytes> datagram = encoded(transmission.message(id.getAsInt()));
    if (datagram.isEmpty()) {
      return Optional.of(Outcome.Cause.NOT_SENDABLE);
    }
    transmission.datagram = datagram.get();
    transmission.messageId = id.getAsInt();
    return Optional.empty();
  }

  /** The datagram of a message; empty when it has no form or does not fit into one. */
  static Optional<Bytes> encoded(Message message) {
    try {
      Bytes datagram = UdpCodec.encode(message);
      return datagram.length() > MAX_DATAGRAM_OCTETS ? Optional.empty() : Optional.of(datagram);
    } catch (IllegalArgumentException noSuchForm) {
      return Optional.empty();
    }
  }

  private void launch(Transmission transmission, long nowNanos) {
    Remote remote = transmission.remote;
    remote.lastUseNanos = nowNanos;
    Optional<Outcome.Cause> obstacle = encode(transmission, nowNanos);
    if (obstacle.isPresent()) {
      transmission.stage = Stage.DONE;
      transmission.unsendable(obstacle.get(), nowNanos);
      return;
    }
    transmission.stage = Stage.IN_FLIGHT;
    if (transmission.isGated()) {
      transmission.outstanding = true;
      remote.outstanding++;
    }
    remote.inFlight.put(transmission.messageId, transmission);
    transmission.firstSentNanos = nowNanos;
    sendCopy(transmission, nowNanos);
    setFirstDeadline(transmission, nowNanos);
    transmission.launched(nowNanos);
  }

  private void setFirstDeadline(Transmission transmission, long nowNanos) {
    if (transmission.confirmable) {
      restart(transmission, nowNanos);
    } else if (transmission.outstanding) {
      long silenceNanos = transmission.datagram.length() * SECOND / parameters.probingRate();
      core.deadlines.set(transmission, nowNanos + silenceNanos);
    }
  }

  /** Starts the retransmission timer anew (RFC 7252, Section 4.2). */
  private void restart(Transmission transmission, long nowNanos) {
    double spread = core.random.fraction() * (parameters.ackRandomFactor() - 1);
    transmission.attempts = 1;
    transmission.timeoutNanos = (long) (parameters.ackTimeoutNanos() * (1 + spread));
    core.deadlines.set(transmission, nowNanos + transmission.timeoutNanos);
  }

  private void retransmit(Transmission transmission, long nowNanos) {
    if (transmission.takeNewState()) {
      carryNewState(transmission, nowNanos);
    }
    transmission.attempts++;
    transmission.timeoutNanos *= 2;
    core.deadlines.set(transmission, nowNanos + transmission.timeoutNanos);
    sendCopy(transmission, nowNanos);
    core.emit(
        new EngineEvent.Retransmitted(
            transmission.remote.peer(), transmission.messageId, transmission.copies));
  }

  /** RFC 7641, Section 4.5.2: a new Message ID, the timer and counter retained. */
  private void carryNewState(Transmission transmission, long nowNanos) {
    int formerId = transmission.messageId;
    if (encode(transmission, nowNanos).isEmpty()) {
      transmission.addFormerId(formerId);
      transmission.remote.inFlight.put(transmission.messageId, transmission);
    }
  }

  private void sendCopy(Transmission transmission, long nowNanos) {
    Peer to = transmission.remote.peer();
    Bytes datagram = transmission.datagram;
    transmission.copies++;
    Account account = transmission.account(nowNanos);
    if (account != null) {
      if (datagram.length() > account.budgetOctets()) {
        core.emit(new EngineEvent.Withheld(to, datagram.length()));
        return;
      }
      account.sent(datagram.length());
    }
    core.transmit(to, datagram);
  }

  private void detach(Transmission transmission) {
    Remote remote = transmission.remote;
    if (transmission.stage == Stage.QUEUED) {
      remote.queue().remove(transmission);
    }
    transmission.stage = Stage.DONE;
    remote.inFlight.remove(transmission.messageId, transmission);
    for (int id : transmission.formerIds) {
      remote.inFlight.remove(id, transmission);
    }
  }

  private void release(Transmission transmission, long nowNanos) {
    if (!transmission.outstanding) {
      return;
    }
    transmission.outstanding = false;
    Remote remote = transmission.remote;
    remote.outstanding--;
    while (remote.outstanding < parameters.nstart() && remote.queued() > 0) {
      launch(remote.queue().remove(), nowNanos);
    }
  }
}
