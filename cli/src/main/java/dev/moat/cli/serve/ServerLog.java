package dev.moat.cli.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Style;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.EventSink;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.server.EdhocServer;
import dev.moat.endpoint.dtls.DtlsEvent;
import dev.moat.endpoint.stream.StreamEvent;
import dev.moat.engine.resource.ResourceEvent;
import dev.moat.oscore.filter.OscoreEvent;
import dev.moat.oscore.rederive.RederivationFilter;
import java.time.Instant;

/**
 * Tells the operator of events on standard error, as text or as one JSON object per line.
 *
 * @param console where to print
 * @param json true for JSON
 * @param all true for every event, else only refusals, failures and relaxed policies
 */
record ServerLog(Console console, boolean json, boolean all) implements EventSink {
  @Override
  public void emit(Event event) {
    boolean matters = matters(event);
    if (!all && !matters) {
      return;
    }
    if (json) {
      console.note(object(event).toString());
    } else {
      console.note(
          matters && !(event instanceof Access.Served) ? Style.DOUBT : Style.FAINT,
          event.describe() + advice(event));
    }
  }

  private static boolean matters(Event event) {
    return (event instanceof ResourceEvent && !isOfEdhocResource(event))
        || event instanceof OscoreEvent
        || event instanceof RederivationFilter.Refused
        || (event instanceof Access.Served served && served.isByKnown())
        || isOfHandshakes(event)
        || isRefusal(event);
  }

  /** Someone came who could not or did not prove who it is, or for whom there was no room. */
  private static boolean isRefusal(Event event) {
    return event instanceof DtlsEvent.HandshakeRefused
        || event instanceof StreamEvent.HandshakeRefused
        || event instanceof StreamEvent.ConnectionRefused;
  }

  /** What an EDHOC resource is by itself was no decision of the operator's. */
  private static boolean isOfEdhocResource(Event event) {
    return event instanceof ResourceEvent.PolicyRelaxed relaxed
        && EdhocServer.isInherent(relaxed.optOut());
  }

  /** A complete one has its line among the results. */
  private static boolean isOfHandshakes(Event event) {
    return event instanceof HandshakeEvent
        && !(event instanceof HandshakeEvent.Completed)
        && !(event instanceof HandshakeEvent.ProofDemanded);
  }

  private static ObjectNode object(Event event) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("time", Instant.now().toString());
    node.put("event", event.getClass().getSimpleName());
    node.put("text", event.describe());
    String advice = advice(event);
    return advice.isEmpty() ? node : node.put("advice", advice.strip());
  }

  private static String advice(Event event) {
    boolean unsecured =
        event instanceof ResourceEvent.Refused refused
            && refused.reason() == ResourceEvent.Reason.UNSECURED;
    return unsecured
        ? " (to try it without protection, start the server with --insecure-nosec-actuators)"
        : "";
  }
}
