package dev.moat.coap.service;

/** Whether a request asks for an acknowledgement (RFC 7252, Section 4). */
public enum Reliability {
  /** Confirmable: the default, and what actuators demand. */
  CONFIRMABLE,
  /** Non-confirmable. */
  NON_CONFIRMABLE
}
