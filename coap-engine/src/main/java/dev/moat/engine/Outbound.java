package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.ResponseGate;
import dev.moat.engine.reliability.Deadline;
import dev.moat.engine.reliability.NotificationOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request of ours, from {@link CoapEngine#send} until its {@link Output.Concluded}, and the
 * observation that its response may begin. Opaque; owned by its engine.
 */
public final class Outbound {
  /**
   * In the context of a request: use the token of that earlier request, which ends its observation
   * here. A GET with Observe 1 needs this to deregister (RFC 7641, Section 3.6).
   */
  public static final Context.Key<Outbound> SAME_TOKEN_AS = new Context.Key<>("same token as");

  private final Request request;
  private final Bytes token;
  Stage stage = Stage.WAITING;
  @Nullable Transmission transmission;

  /** True since the request left on a connection, where no copies follow. */
  boolean left;

  @Nullable NotificationOrder order;
  @Nullable Deadline responseTimer;

  /** Set when an unprotected error answered a protected request. */
  @Nullable Deadline grace;

  Outbound(Request request, Bytes token) {
    this.request = request;
    this.token = token;
  }

  /** Whom the request goes to. */
  public Peer peer() {
    return request.peer();
  }

  /** The token; empty also when the request was refused before it got one. */
  public Bytes token() {
    return token;
  }

  /** The request as it was given. */
  public Request request() {
    return request;
  }

  /** What judges the responses to a protected request. */
  Optional<ResponseGate> gate() {
    return request.context().find(ResponseGate.KEY);
  }

  /** True while notifications may follow. */
  public boolean isObserving() {
    return stage == Stage.OBSERVING;
  }

  /** True when no copy has left. */
  boolean isUnsent() {
    return stage == Stage.WAITING && copies() == 0;
  }

  /** How many copies have left. */
  int copies() {
    return transmission == null ? (left ? 1 : 0) : transmission.copies;
  }

  enum Stage {
    WAITING,
    OBSERVING,
    OVER
  }
}
