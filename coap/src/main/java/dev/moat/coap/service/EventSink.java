package dev.moat.coap.service;

/** Takes the typed events of a core. Called on the event loop; must return quickly. */
@FunctionalInterface
public interface EventSink {
  /** Forgets every event. */
  EventSink NONE = event -> {};

  /** Takes one event. */
  void emit(Event event);
}
