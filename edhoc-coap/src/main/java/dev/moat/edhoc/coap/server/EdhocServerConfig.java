package dev.moat.edhoc.coap.server;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.coap.ContextRules;
import dev.moat.edhoc.coap.EdhocContexts;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.coap.halfopen.GuardPolicy;
import dev.moat.edhoc.coap.halfopen.TableLimits;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a server of EDHOC over CoAP is to be. Immutable. */
public final class EdhocServerConfig {
  private final EdhocSettings settings;
  private final ContextRules rules;
  private final List<String> paths;
  private final TableLimits limits;
  private final GuardPolicy guard;
  private final boolean forward;
  private final Optional<Method> reverse;
  private final EdhocSettings initiator;
  private final boolean combined;
  private final boolean formats;
  private final int contextsPerPeer;
  private final BiConsumer<Peer, EdhocSession> sessions;

  private EdhocServerConfig(Builder builder) {
    this.settings = builder.settings;
    this.rules = builder.rules;
    this.paths = builder.paths;
    this.limits = builder.limits;
    this.guard = builder.guard;
    this.forward = builder.forward;
    this.reverse = builder.reverse;
    this.initiator = builder.initiator;
    this.combined = builder.combined;
    this.formats = builder.formats;
    this.contextsPerPeer = builder.contextsPerPeer;
    this.sessions = builder.sessions;
    settings.suites().forEach(EdhocContexts::requireUsable);
    initiator.suites().forEach(EdhocContexts::requireUsable);
    if (!forward && reverse.isEmpty()) {
      throw new IllegalArgumentException("a server that takes neither flow");
    }
  }

  /** All defaults: see {@link Builder}. */
  public static EdhocServerConfig of(EdhocSettings settings, ContextRules rules) {
    return builder(settings, rules).build();
  }

  /**
   * Begins with what has no default.
   *
   * @param settings the application profile
   * @param rules what becomes of sessions
   */
  public static Builder builder(EdhocSettings settings, ContextRules rules) {
    return new Builder(settings, rules);
  }

  /** The application profile. */
  public EdhocSettings settings() {
    return settings;
  }

  ContextRules rules() {
    return rules;
  }

  List<String> paths() {
    return paths;
  }

  TableLimits limits() {
    return limits;
  }

  GuardPolicy guard() {
    return guard;
  }

  boolean forward() {
    return forward;
  }

  Optional<Method> reverse() {
    return reverse;
  }

  /** The profile of sessions that this server initiates. */
  EdhocSettings initiator() {
    return initiator;
  }

  /** RFC 9668, Section 5: not where message_4 is to be sent. */
  boolean combined() {
    return combined && forward && !settings.usesMessage4();
  }

  /** The response that carries a message. */
  Response response(Bytes message) {
    Response response = EdhocMessages.response(message);
    return formats ? response : EdhocMessages.withoutFormat(response);
  }

  int contextsPerPeer() {
    return contextsPerPeer;
  }

  BiConsumer<Peer, EdhocSession> sessions() {
    return sessions;
  }

  /** Collects what a server is to be. Owned by one thread. */
  @CanIgnoreReturnValue
  public static final class Builder {
    private final EdhocSettings settings;
    private final ContextRules rules;
    private List<String> paths = List.of(EdhocMessages.DEFAULT_PATH);
    private TableLimits limits = TableLimits.defaults();
    private GuardPolicy guard = GuardPolicy.defaults();
    private boolean forward = true;
    private Optional<Method> reverse = Optional.empty();
    private EdhocSettings initiator;
    private boolean combined = true;
    private boolean formats = true;
    private int contextsPerPeer = 2;
    private BiConsumer<Peer, EdhocSession> sessions = (peer, session) -> session.close();

    private Builder(EdhocSettings settings, ContextRules rules) {
      this.settings = settings;
      this.initiator = settings;
      this.rules = rules;
    }

    /**
     * Has its resource at each of these paths; at /.well-known/edhoc by default. A short one, such
     * as {@code /e}, saves octets in every message of a handshake.
     */
    public Builder paths(String... all) {
      paths = List.of(all);
      return this;
    }

    /** Bounds the handshakes under way. */
    public Builder limits(TableLimits other) {
      limits = other;
      return this;
    }

    /** Says what a client must show before anything costly is done for it. */
    public Builder guard(GuardPolicy other) {
      guard = other;
      return this;
    }

    /**
     * Also takes the reverse flow, in which this server is the initiator, with this method (RFC
     * 9528, Appendix A.2.2). Not by default.
     */
    public Builder reverse(Method method) {
      reverse = Optional.of(method);
      return this;
    }

    /**
     * As {@link #reverse(Method)}, with a profile of its own for the sessions that this server
     * initiates: a pre-shared key goes with the credentials of either role.
     */
    public Builder reverse(Method method, EdhocSettings asInitiator) {
      initiator = asInitiator;
      return reverse(method);
    }

    /** Takes the reverse flow alone. */
    public Builder reverseOnly(Method method) {
      forward = false;
      return reverse(method);
    }

    /** Takes no combined requests (RFC 9668). */
    public Builder withoutCombined() {
      combined = false;
      return this;
    }

    /**
     * Sends messages without Content-Format, which saves two octets each: for clients that are
     * known to do without, as RFC 9528, Appendix A.2, permits. Errors keep theirs. What comes
     * without one is taken in any case.
     */
    public Builder withoutContentFormat() {
      formats = false;
      return this;
    }

    /**
     * How many security contexts one identity may have at a time, the oldest going first; 2 by
     * default, so that the former still works when the last message was lost.
     */
    public Builder contextsPerPeer(int number) {
      if (number < 1) {
        throw new IllegalArgumentException("at least one context for each peer");
      }
      contextsPerPeer = number;
      return this;
    }

    /**
     * Hands every finished session on, to export more keys or to resume it; the taker closes it. By
     * default sessions are closed once their security context is made.
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
    public EdhocServerConfig build() {
      return new EdhocServerConfig(this);
    }
  }
}
