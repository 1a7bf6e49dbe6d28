package dev.moat.oscore.rederive;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.ResponseForm;
import dev.moat.oscore.protect.Unprotected;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;
import dev.moat.oscore.rekey.SharedMap;
import java.time.Duration;
import java.util.Optional;

/**
 * The server of RFC 8613, Appendix B.2, by the construction of Appendix B.2.1: per client it keeps
 * one key K_HMAC and nothing per run, however many requests #1 come or are replayed.
 *
 * <p>A client's context stays in the table until another one was proven, by request #2. Request #2
 * counts once: its K_HMAC is forgotten with the first that verifies, and from then on the new
 * context's replay window judges.
 *
 * <p>Safe to share among threads.
 */
public final class RederivationServer {
  /** How long a client may take from response #1 to request #2 unless said otherwise. */
  public static final Duration DEFAULT_CHALLENGE_LIFETIME = Duration.ofMinutes(4);

  private final ContextTable table;
  private final Crypto crypto;
  private final RandomSource random;
  private final FreshContexts contexts;
  private final long lifetimeNanos;
  private final SharedMap<Bytes, RederivingPeer> peers = new SharedMap<>();

  /** With {@link #DEFAULT_CHALLENGE_LIFETIME}. */
  public RederivationServer(
      ContextTable table, Crypto crypto, RandomSource random, FreshContexts contexts) {
    this(table, crypto, random, contexts, DEFAULT_CHALLENGE_LIFETIME);
  }

  /**
   * Serves nobody yet.
   *
   * @param table where new contexts are added and old ones removed
   * @param random must be good: nothing else keeps nonces from repeating
   * @param contexts makes the contexts that are kept
   * @param challengeLifetime how long a client may take from response #1 to request #2
   */
  public RederivationServer(
      ContextTable table,
      Crypto crypto,
      RandomSource random,
      FreshContexts contexts,
      Duration challengeLifetime) {
    this.table = table;
    this.crypto = crypto;
    this.random = random;
    this.contexts = contexts;
    this.lifetimeNanos = challengeLifetime.toNanos();
  }

  /**
   * Allows a client to derive contexts from {@code parameters}, whose ID Context does not count.
   * They are the server's from now on.
   *
   * @throws IllegalArgumentException when another client has the same Recipient ID
   */
  public void serve(ContextParameters parameters) {
    serve(new RederivingPeer(parameters), parameters);
  }

  /**
   * As {@link #serve(ContextParameters)}, for a client that has a context in the table already: the
   * first run removes and closes it.
   */
  public void serve(ContextParameters parameters, SecurityContext current) {
    RederivingPeer peer = new RederivingPeer(parameters);
    var unused = peer.replace(current);
    serve(peer, parameters);
  }

  private void serve(RederivingPeer peer, ContextParameters parameters) {
    if (!peers.add(parameters.recipientId(), peer)) {
      throw new IllegalArgumentException(
          "another client derives contexts with the same Recipient ID: " + parameters);
    }
  }

  /**
   * Does what this procedure asks for before the table is searched for the request's context.
   *
   * @param nowNanos monotonic
   */
  public RederivationStep receive(Request outer, long nowNanos) {
    Optional<Bytes> value = outer.options().first(OptionNumber.OSCORE);
    if (value.isEmpty() || peers.isEmpty()) {
      return new RederivationStep.Forwarded(outer);
    }
    try {
      OscoreOption option = OscoreOption.decode(value.get());
      RederivingPeer peer = option.kid().map(peers::get).orElse(null);
      Bytes idContext = option.kidContext().flatMap(KidContexts::unwrap).orElse(null);
      if (peer == null || idContext == null || isKnown(option)) {
        return new RederivationStep.Forwarded(outer);
      }
      return new Message(outer, option, peer, idContext, nowNanos).receive();
    } catch (OscoreException malformed) {
      // Whoever comes next decodes it again, and knows the answer.
      return new RederivationStep.Forwarded(outer);
    }
  }

  private boolean isKnown(OscoreOption option) {
    return !table.candidates(option.kid().orElseThrow(), option.kidContext()).isEmpty();
  }

  /** One request with an ID Context that is wrapped as this procedure wraps it. */
  private final class Message {
    private final Request outer;
    private final OscoreOption unwrapped;
    private final RederivingPeer peer;
    private final Bytes idContext;
    private final long nowNanos;

    Message(
        Request outer, OscoreOption option, RederivingPeer peer, Bytes idContext, long nowNanos) {
      this.outer = outer;
      this.unwrapped = new OscoreOption(option.partialIv(), option.kid(), Optional.of(idContext));
      this.peer = peer;
      this.idContext = idContext;
      this.nowNanos = nowNanos;
    }

    RederivationStep receive() {
      if (isKnown(unwrapped)) {
        return forwarded();
      }
      ChallengeKey key = peer.keyOf(idContext, nowNanos);
      try {
        return key == null ? first() : second(key);
      } catch (OscoreException refused) {
        return new RederivationStep.Refused(new RekeyException(refused));
      } catch (RekeyException refused) {
        return new RederivationStep.Refused(refused);
      }
    }

    /** With the ID Context as the table knows it; the kid context is not authenticated. */
    private RederivationStep.Forwarded forwarded() {
      Option plain = new Option(OptionNumber.OSCORE, unwrapped.encode());
      return new RederivationStep.Forwarded(outer.with(plain));
    }

    /** Request #1 and response #1 (step 2). */
    private RederivationStep first() throws OscoreException, RekeyException {
      try (SecurityContext first = peer.temporary(idContext, crypto);
          Protector protector = new Protector(crypto, 2)) {
        RequestBinding binding = verify(protector, first);
        Bytes challenge = peer.challenge(crypto, random, nowNanos, lifetimeNanos);
        try (SecurityContext second = peer.temporary(challenge.plus(idContext), crypto)) {
          return new RederivationStep.Challenged(
              protector.protectResponse(
                  binding.in(second),
                  Response.of(Code.UNAUTHORIZED),
                  ResponseForm.OWN_PARTIAL_IV.withKidContext(KidContexts.wrap(challenge))));
        }
      }
    }

    /** Request #2 (step 4): it is served as any other once its context is in the table. */
    private RederivationStep second(ChallengeKey key) throws OscoreException, RekeyException {
      try (ContextParameters derived = peer.parameters(idContext)) {
        // Looks only, so that the table's own context sees the request for the first time.
        try (SecurityContext look = FreshContexts.unrecorded(derived, crypto);
            Protector protector = new Protector(crypto, 1)) {
          var unused = verify(protector, look);
        }
        if (peer.complete(key)) {
          adopt(contexts.establish(derived));
        }
        return forwarded();
      } catch (ReservationException failure) {
        throw new RekeyException(failure);
      }
    }

    private RequestBinding verify(Protector protector, SecurityContext context)
        throws OscoreException, RekeyException {
      Unprotected verified = protector.unprotectRequest(context, outer, unwrapped);
      if (verified instanceof Unprotected.Fresh fresh) {
        return fresh.binding();
      }
      throw new RekeyException(Reason.REPLAY);
    }

    private void adopt(SecurityContext third) {
      table.add(third);
      SecurityContext before = peer.replace(third);
      if (before != null) {
        var unused = table.remove(before);
        before.close();
      }
    }
  }
}
