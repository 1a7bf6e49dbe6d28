package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;

/** What an engine wants done or has found out; taken from {@link CoapEngine#poll()} in order. */
public sealed interface Output {
  /** A datagram to send at once, or on a connection the octets that come next. */
  record Transmit(Peer to, Bytes datagram) implements Output {}

  /** A connection to close, once what was transmitted before has left. */
  record Disconnect(Peer peer) implements Output {}

  /**
   * A request to answer by {@link CoapEngine#respond} or {@link CoapEngine#observe}, once.
   *
   * @param request one whole message, block options still present; its context holds an {@link
   *     dev.moat.coap.service.Arrival} and perhaps {@link AmplificationPolicy#ANSWER_BUDGET_OCTETS}
   */
  record Arrived(Inbound exchange, Request request) implements Output {}

  /** A request of ours ended; given exactly once for each. A reply is always a single response. */
  record Concluded(Outbound exchange, Outcome outcome) implements Output {}

  /**
   * A notification that is newer than all before (RFC 7641, Section 3.4); follows {@link
   * Concluded}.
   */
  record Notified(Outbound exchange, Response notification) implements Output {}

  /**
   * No notification follows for a request whose response began an observation; given exactly once.
   */
  record NotificationsEnded(Outbound exchange, Notifications.End reason) implements Output {}

  /**
   * A protected relation has to show that its observer is there, whether anything changed or not
   * (RFC 7641, Section 4.5): the newest state is to be protected anew and given to {@link
   * CoapEngine#notify}.
   */
  record RenewalDue(Observation observation) implements Output {}

  /** A relation that {@link CoapEngine#observe} made is over; given exactly once. */
  record ObservationEnded(Observation observation, Notifications.End reason) implements Output {}

  /** The peer reacted to a ping. */
  record Pong(Ping ping, long roundTripNanos) implements Output {}

  /** The peer never reacted to a ping, or it could not be sent. */
  record PingLost(Ping ping) implements Output {}
}
