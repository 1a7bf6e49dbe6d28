package dev.moat.oscore.filter;

import dev.moat.coap.service.EventSink;
import dev.moat.oscore.context.KeyUsage.UsageState;
import dev.moat.oscore.context.SecurityContext;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** Tells of each context once that its keys are nearly worn out, before they are refused. */
final class KeyWear {
  private final EventSink events;
  private final Set<SecurityContext> told = Collections.newSetFromMap(new WeakHashMap<>());

  KeyWear(EventSink events) {
    this.events = events;
  }

  /** Looks at a context whose keys were just used. */
  void used(SecurityContext context) {
    if (context.usage().state() != UsageState.FINE && told.add(context)) {
      events.emit(new OscoreEvent.KeyUsageNearing(context));
    }
  }
}
