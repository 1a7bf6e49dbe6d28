package dev.moat.endpoint.dtls;

import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.MessageCallback;
import org.jspecify.annotations.Nullable;

/**
 * Asked by Scandium right before a message is sealed: only in the session that it was meant for. A
 * message never waits for a handshake, and the one that begins a handshake never leaves itself.
 */
final class ScandiumMatcher implements EndpointContextMatcher {
  private final Predicate<ScandiumSession> isCurrent;

  /**
   * A matcher.
   *
   * @param isCurrent whether a session is open and the task that runs is its connection's
   */
  ScandiumMatcher(Predicate<ScandiumSession> isCurrent) {
    this.isCurrent = isCurrent;
  }

  @Override
  public boolean isToBeSent(EndpointContext message, @Nullable EndpointContext connection) {
    if (message instanceof InSession meant) {
      return connection != null && isCurrent.test(meant.session);
    }
    return connection == null;
  }

  @Override
  public String getName() {
    return "session";
  }

  @Override
  public Object getEndpointIdentity(EndpointContext context) {
    return context.getPeerAddress();
  }

  @Override
  public boolean isResponseRelatedToRequest(EndpointContext request, EndpointContext response) {
    return false; // CoAP matches its responses itself
  }

  @Override
  public String toRelevantState(@Nullable EndpointContext context) {
    return "session";
  }

  /** Where a message goes: to the peer of a session, in that session. */
  static final class InSession extends AddressEndpointContext {
    private final ScandiumSession session;

    InSession(InetSocketAddress address, ScandiumSession session) {
      super(address);
      this.session = session;
    }
  }

  /** Tells when a message provably does not leave. */
  record OnError(Runnable unsent) implements MessageCallback {
    @Override
    public void onError(Throwable error) {
      unsent.run();
    }

    @Override
    public void onConnecting() {}

    @Override
    public void onDtlsRetransmission(int flight) {}

    @Override
    public void onContextEstablished(EndpointContext context) {}

    @Override
    public void onSent() {}
  }
}
