package dev.moat.edhoc.coap.client;

import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.edhoc.coap.ContextRules;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.EdhocContexts;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;
import java.util.Optional;
import java.util.function.BiConsumer;

/** How a client establishes security contexts by EDHOC over CoAP. Immutable. */
public final class EdhocClientConfig {
  private final EdhocSettings settings;
  private final ContextRules rules;
  private final Optional<Method> method;
  private final String path;
  private final boolean combined;
  private final int maxCombinedMessage3Octets;
  private final boolean patient;
  private final boolean formats;
  private final Optional<RecipientIds> ids;
  private final BiConsumer<Peer, EdhocSession> sessions;

  private EdhocClientConfig(Builder builder) {
    this.settings = builder.settings;
    this.rules = builder.rules;
    this.method = builder.method;
    this.path = builder.path;
    this.combined = builder.combined;
    this.maxCombinedMessage3Octets = builder.maxCombinedMessage3Octets;
    this.patient = builder.patient;
    this.formats = builder.formats;
    this.ids = builder.ids;
    this.sessions = builder.sessions;
    settings.suites().forEach(EdhocContexts::requireUsable);
  }

  /**
   * The client is the initiator, with this method (RFC 9528, Appendix A.2.1).
   *
   * @param settings the application profile, equal to the server's
   * @param rules what becomes of sessions
   */
  public static Builder forward(EdhocSettings settings, ContextRules rules, Method method) {
    return new Builder(settings, rules, Optional.of(method));
  }

  /**
   * The client is the responder; the server chooses the method (RFC 9528, Appendix A.2.2).
   *
   * @see #forward
   */
  public static Builder reverse(EdhocSettings settings, ContextRules rules) {
    return new Builder(settings, rules, Optional.empty());
  }

  /** The application profile. */
  public EdhocSettings settings() {
    return settings;
  }

  ContextRules rules() {
    return rules;
  }

  /** Empty for the reverse flow. */
  Optional<Method> method() {
    return method;
  }

  /** RFC 9668, Sections 3 and 5: in the forward flow, and not where message_4 is awaited. */
  boolean combines(int message3Octets) {
    return combined && !settings.usesMessage4() && message3Octets <= maxCombinedMessage3Octets;
  }

  boolean patient() {
    return patient;
  }

  /** The request that carries {@code body} to the EDHOC resource of {@code server}. */
  Request request(Peer server, EdhocBody body) {
    Request request = EdhocMessages.request(server, path, body);
    return formats ? request : EdhocMessages.withoutFormat(request);
  }

  Optional<RecipientIds> ids() {
    return ids;
  }

  BiConsumer<Peer, EdhocSession> sessions() {
    return sessions;
  }

  /** Collects how a client does it. Owned by one thread. */
  @CanIgnoreReturnValue
  public static final class Builder {
    private static final int MAX_COMBINED_OCTETS = 256;

    private final EdhocSettings settings;
    private final ContextRules rules;
    private final Optional<Method> method;
    private String path = EdhocMessages.DEFAULT_PATH;
    private boolean combined;
    private int maxCombinedMessage3Octets = MAX_COMBINED_OCTETS;
    private boolean patient = true;
    private boolean formats = true;
    private Optional<RecipientIds> ids = Optional.empty();
    private BiConsumer<Peer, EdhocSession> sessions = (peer, session) -> session.close();

    private Builder(EdhocSettings settings, ContextRules rules, Optional<Method> method) {
      this.settings = settings;
      this.rules = rules;
      this.method = method;
    }

    /** Where the server has its EDHOC resource; /.well-known/edhoc by default. */
    public Builder path(String other) {
      path = other;
      return this;
    }

    /**
     * Sends message_3 in one message with the first request, which saves a round trip (RFC 9668).
     * The server has to support it, see {@code ed-comb-req} in its links; not by default.
     */
    public Builder combined() {
      combined = true;
      return this;
    }

    /** Sends a message_3 longer than this by itself; 256 octets by default. */
    public Builder maxCombinedMessage3Octets(int octets) {
      maxCombinedMessage3Octets = octets;
      return this;
    }

    /**
     * Gives a run up soon after a message that does not verify. By default it waits for the genuine
     * one as long as the message layer does, since anyone may have sent the other: right for
     * devices, tedious for people whose credentials do not match.
     */
    public Builder impatient() {
      patient = false;
      return this;
    }

    /**
     * Sends messages without Content-Format, which saves two octets each: for servers that are
     * known to do without, as RFC 9528, Appendix A.2, permits. Servers that insist refuse them.
     */
    public Builder withoutContentFormat() {
      formats = false;
      return this;
    }

    /**
     * Shares the identifiers with the other handshakes of this endpoint, and puts the contexts into
     * the table by which it verifies requests: so the server can send requests, too.
     */
    public Builder ids(RecipientIds shared) {
      ids = Optional.of(shared);
      return this;
    }

    /**
     * Hands every session on once the server has confirmed the keys, to export more or to resume
     * it; the taker closes it. By default sessions are closed.
     */
    public Builder sessions(BiConsumer<Peer, EdhocSession> taker) {
      sessions = taker;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException for a suite that gives no security contexts
     */
    public EdhocClientConfig build() {
      return new EdhocClientConfig(this);
    }
  }
}
