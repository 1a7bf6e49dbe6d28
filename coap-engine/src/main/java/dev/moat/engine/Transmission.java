package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Message;
import dev.moat.coap.service.Outcome;
import dev.moat.engine.amplification.Account;
import dev.moat.engine.reliability.Deadline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of ours that may be acknowledged or reset (RFC 7252, Sections 4.2 and 4.3). Driven by
 * {@link Transmissions}; the hooks tell its owner what became of it, at most one of them, once.
 *
 * <pre>
 *   NEW --> QUEUED --> IN_FLIGHT --> DONE
 *     \________________^
 * </pre>
 */
abstract class Transmission extends Deadline {
  final Transmissions transmissions;
  final Remote remote;
  final boolean confirmable;
  Stage stage = Stage.NEW;
  Bytes datagram = Bytes.empty();
  int messageId = -1;

  /** Copies that were sent. */
  int copies;

  /** Copies since the timer was last started anew. */
  int attempts;

  long timeoutNanos;
  long firstSentNanos;

  /** The time at which {@link #message} is asked for. */
  long sendNanos;

  /** True while NSTART counts it. */
  boolean outstanding;

  /** Message IDs under which older states of the same notification went out. */
  List<Integer> formerIds = List.of();

  Transmission(Transmissions transmissions, Remote remote, boolean confirmable) {
    this.transmissions = transmissions;
    this.remote = remote;
    this.confirmable = confirmable;
  }

  /** The message to send under this Message ID, in its newest state. */
  abstract Message message(int withId);

  /** An acknowledgement came. */
  abstract void acknowledged(long nowNanos);

  /** A Reset came. */
  abstract void rejected(long nowNanos);

  /** No acknowledgement came after the last retransmission. */
  abstract void gaveUp(long nowNanos);

  /** It will not be sent, and never was. */
  abstract void unsendable(Outcome.Cause cause, long nowNanos);

  /** True when NSTART holds it back and counts it. */
  abstract boolean isGated();

  /** The first copy is out. */
  void launched(long nowNanos) {}

  /** An acknowledgement came for an older state of the same notification. */
  void formerStateAcknowledged(long nowNanos) {}

  /** True, once, when the next copy should carry a newer state. */
  boolean takeNewState() {
    return false;
  }

  /** Whom the octets are charged to; null when the address is proven or was chosen by us. */
  @Nullable Account account(long nowNanos) {
    return null;
  }

  /** True when a report that nothing left the machine may conclude it. */
  boolean concludesOnSendFailure() {
    return false;
  }

  void addFormerId(int id) {
    List<Integer> grown = new ArrayList<>(formerIds);
    grown.add(id);
    formerIds = grown;
  }

  @Override
  protected void expired(long nowNanos) {
    transmissions.expired(this, nowNanos);
  }

  enum Stage {
    NEW,
    QUEUED,
    IN_FLIGHT,
    DONE
  }
}
