package dev.moat.coap.service;

/**
 * Something an operator, a judge or a counter wants to know of. Each module has its own family;
 * none holds a secret.
 */
public interface Event {
  /** One line for people, without secrets and without line breaks. */
  String describe();
}
