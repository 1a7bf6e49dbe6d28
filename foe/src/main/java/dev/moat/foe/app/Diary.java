package dev.moat.foe.app;

import dev.moat.coap.service.Request;
import dev.moat.foe.trace.Entry;
import dev.moat.foe.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What a server application really did. Bounded like the run itself. */
final class Diary {
  private static final int MAX_DEEDS = 1000;

  private final LongSupplier nanoClock;
  private final Trace trace;
  private final List<Deed> deeds = new ArrayList<>();

  Diary(LongSupplier nanoClock, Trace trace) {
    this.nanoClock = nanoClock;
    this.trace = trace;
  }

  /** The application acted on {@code request}; {@code effect} is for people. */
  void acted(Request request, String effect) {
    Deed deed = Deed.of(nanoClock.getAsLong(), request);
    if (deeds.size() < MAX_DEEDS) {
      deeds.add(deed);
    }
    trace.add(Entry.Kind.SERVER, "executes " + deed + ": " + effect);
  }

  /** The application answered a question. */
  void told(Request request, String answer) {
    trace.add(
        Entry.Kind.SERVER,
        "answers " + request.method().title() + " " + request.path() + ": " + answer);
  }

  List<Deed> deeds() {
    return List.copyOf(deeds);
  }
}
