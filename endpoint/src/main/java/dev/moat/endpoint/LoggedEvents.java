package dev.moat.endpoint;

import dev.moat.coap.service.Event;
import dev.moat.coap.service.EventSink;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.endpoint.dtls.DtlsEvent;
import dev.moat.endpoint.stack.StackEvent;
import dev.moat.endpoint.stream.StreamEvent;
import dev.moat.endpoint.udp.UdpEvent;
import dev.moat.engine.resource.ResourceEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to the log: faults and relaxed policies as warnings, everything that peers can
 * cause as debug.
 */
final class LoggedEvents implements EventSink {
  private static final Logger LOG = LoggerFactory.getLogger("dev.moat.events");

  @Override
  public void emit(Event event) {
    if (deservesAWarning(event)) {
      LOG.warn("{}", event.describe());
    } else if (LOG.isDebugEnabled()) {
      LOG.debug("{}", event.describe());
    }
  }

  private static boolean deservesAWarning(Event event) {
    return event instanceof StackEvent
        || event instanceof UdpEvent.LoopFault
        || event instanceof StreamEvent.LoopFault
        || event instanceof DtlsEvent.Fault
        || event instanceof ResourceEvent.HandlerFailed
        || event instanceof HandshakeEvent.SessionNotTaken
        || event instanceof ResourceEvent.PolicyRelaxed
        || event instanceof ResourceEvent.UnsecuredActuatorsAllowed;
  }
}
