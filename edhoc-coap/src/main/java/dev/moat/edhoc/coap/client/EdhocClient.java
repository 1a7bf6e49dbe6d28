package dev.moat.edhoc.coap.client;

import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.EdhocContexts;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.HandshakeException;
import dev.moat.edhoc.coap.HandshakeException.Reason;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.combined.PendingMessage3;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.SecuredBy;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Establishes security contexts with one server by EDHOC, in the forward or in the reverse flow,
 * and anew when the server has lost the context.
 *
 * <p>Responses that do not verify do not end a run, see {@link dev.moat.edhoc.coap.EdhocExchange};
 * a run that fails leaves nothing behind, and the next request begins another.
 */
public final class EdhocClient implements ContextOnDemand.Procedure {
  private final EdhocClientConfig config;
  private final RecipientIds ids;
  private final RandomSource random;
  private final Supplier<Instant> wallClock;
  private final EventSink events;
  private final AtomicReference<Present> present = new AtomicReference<>(Present.NOTHING);

  /**
   * Has no context yet.
   *
   * @param random for keys and identifiers
   * @param wallClock the time by which credentials are valid or not
   */
  public EdhocClient(
      EdhocClientConfig config,
      RandomSource random,
      Supplier<Instant> wallClock,
      EventSink events) {
    this.config = config;
    this.ids = config.ids().orElseGet(() -> new RecipientIds(new ContextTable()));
    this.random = random;
    this.wallClock = wallClock;
    this.events = events;
  }

  @Override
  public CompletionStage<SecurityContext> run(Peer peer, Service<Request, Outcome> lower) {
    RunContext context = new RunContext(config, peer, lower, random, wallClock, events);
    return agree(context).thenCompose(agreed -> established(peer, agreed));
  }

  private CompletionStage<Agreed> agree(RunContext context) {
    if (config.method().isEmpty()) {
      return new ReverseRun(context, ids).run();
    }
    Optional<ConnectionId> cI = ids.reserve(random, Optional.empty());
    if (cI.isEmpty()) {
      return CompletableFuture.failedFuture(new HandshakeException(Reason.NO_ROOM));
    }
    return CompletableFuture.completedFuture(new ForwardRun(context, cI.get()))
        .thenCompose(run -> run.run(config.method().get(), now().suite()))
        .whenComplete(
            (agreed, failure) -> {
              if (failure != null) {
                ids.release(cI.get());
              }
            });
  }

  private CompletionStage<SecurityContext> established(Peer peer, Agreed agreed) {
    EdhocSession session = agreed.session();
    try {
      SecurityContext context = EdhocContexts.establish(session, config.rules());
      add(context);
      events.emit(HandshakeEvent.Completed.of(peer, session));
      replace(present(peer, agreed, context));
      return CompletableFuture.completedFuture(context);
    } catch (HandshakeException failure) {
      session.close();
      ids.release(agreed.ownId());
      return CompletableFuture.failedFuture(failure);
    }
  }

  private void add(SecurityContext context) throws HandshakeException {
    try {
      ids.contexts().add(context);
    } catch (IllegalArgumentException taken) {
      context.close();
      throw new HandshakeException(Reason.ID_TAKEN);
    }
  }

  private Present present(Peer peer, Agreed agreed, SecurityContext context) {
    EdhocSession session = agreed.session();
    Optional<PendingMessage3> pending =
        agreed
            .message3()
            .map(
                message3 ->
                    new PendingMessage3(
                        config.request(peer, new EdhocBody.Next(session.cR(), message3)),
                        message3));
    return new Present(
        Optional.of(new Established(peer, context, agreed.ownId())),
        Optional.of(session),
        pending,
        Optional.of(session.suite()));
  }

  /** The former context is closed by who lends it; here it makes room in table and identifiers. */
  private void replace(Present next) {
    Present former = Objects.requireNonNull(present.getAndSet(next));
    former.established().ifPresent(this::forget);
    former.unconfirmed().ifPresent(EdhocSession::close);
    if (next.unconfirmed().map(EdhocSession::isConfirmed).orElse(false)) {
      handOn();
    }
  }

  private void forget(Established former) {
    var unused = ids.contexts().remove(former.context());
    ids.release(former.ownId());
  }

  @Override
  public Request secured(Request request, SecurityContext context) {
    Request secured = SecuredBy.secured(request, context);
    Present current = now();
    boolean ours =
        current.established().map(established -> established.context() == context).orElse(false);
    return ours && current.pending().isPresent()
        ? secured.withFact(PendingMessage3.KEY, current.pending().get())
        : secured;
  }

  /** RFC 9528, Section 5.4.2: a verified response shows that the server has the keys. */
  @Override
  public void confirmed() {
    handOn();
  }

  private void handOn() {
    Present before = now();
    while (before.unconfirmed().isPresent()) {
      if (present.compareAndSet(before, before.confirmed())) {
        EdhocSession session = before.unconfirmed().get();
        session.confirmedByOscore();
        handOn(before.established().orElseThrow().peer(), session);
        return;
      }
      before = now();
    }
  }

  /** What the application does with a session does not undo the security context. */
  private void handOn(Peer peer, EdhocSession session) {
    try {
      config.sessions().accept(peer, session);
    } catch (RuntimeException fault) {
      session.close();
      events.emit(new HandshakeEvent.SessionNotTaken(peer, fault.getClass().getName()));
    }
  }

  /** RFC 8613, Section 8.2: it cannot verify the request, or someone says so. */
  @Override
  public boolean isLost(Outcome outcome) {
    return outcome.fold(
        responded -> false,
        notDelivered -> false,
        unknown -> unknown.unprotectedError().map(EdhocClient::isRefusal).orElse(false));
  }

  private static boolean isRefusal(Response error) {
    return error.code().equals(Code.UNAUTHORIZED) || error.code().equals(Code.BAD_REQUEST);
  }

  private Present now() {
    return Objects.requireNonNull(present.get());
  }

  private record Established(Peer peer, SecurityContext context, ConnectionId ownId) {}

  /**
   * What the last run left.
   *
   * @param unconfirmed the session, until it is handed on
   * @param pending message_3, when the first request is to carry it
   * @param suite what the server is known to support
   */
  private record Present(
      Optional<Established> established,
      Optional<EdhocSession> unconfirmed,
      Optional<PendingMessage3> pending,
      Optional<CipherSuite> suite) {
    static final Present NOTHING =
        new Present(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    Present confirmed() {
      return new Present(established, Optional.empty(), pending, suite);
    }
  }
}
