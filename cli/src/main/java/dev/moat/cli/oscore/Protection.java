package dev.moat.cli.oscore;

import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.endpoint.ClientRequest;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rederive.Rederivation;
import dev.moat.oscore.rederive.RederivationInputs;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.oscore.rekey.FreshContexts;
import java.security.SecureRandom;
import java.util.Queue;

/** What protects a client's requests: without it they do not leave. */
public sealed interface Protection {
  /** The request, protected. */
  ClientRequest of(ClientRequest request);

  /**
   * By a context that the first request derives (RFC 8613, Appendix B.2).
   *
   * @param parameters agreed on with the server; stay the caller's
   * @param made takes the contexts, which the caller closes
   */
  static Protection derived(ContextParameters parameters, Queue<SecurityContext> made) {
    Crypto crypto = JdkCrypto.create();
    FreshContexts contexts =
        agreed -> {
          SecurityContext context = FreshContexts.unrecorded(agreed, crypto);
          made.add(context);
          return context;
        };
    return new Derived(
        new ContextOnDemand(
            new Rederivation(
                new RederivationInputs(
                    parameters, crypto, new SecureRandom()::nextBytes, contexts))));
  }

  /**
   * By a context that is there.
   *
   * @param context the context
   */
  record Known(SecurityContext context) implements Protection {
    @Override
    public ClientRequest of(ClientRequest request) {
      return request.securedBy(context);
    }
  }

  /**
   * By one that has to be established first.
   *
   * @param context where it comes from
   */
  record Derived(ContextOnDemand context) implements Protection {
    @Override
    public ClientRequest of(ClientRequest request) {
      return request.securedBy(context);
    }
  }

  /**
   * By one that EDHOC establishes first (RFC 9528).
   *
   * @param context where it comes from
   */
  record Agreed(ContextOnDemand context) implements Protection {
    @Override
    public ClientRequest of(ClientRequest request) {
      return request.securedBy(context);
    }
  }
}
