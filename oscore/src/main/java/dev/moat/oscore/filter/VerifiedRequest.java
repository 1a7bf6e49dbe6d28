package dev.moat.oscore.filter;

import dev.moat.coap.service.Request;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.RequestBinding;

/**
 * A request that verified.
 *
 * @param context the context that it verified with
 * @param inner what it is: its peer names the association, its arrival says OSCORE
 * @param binding what its answers are bound to
 * @param synchronised false when the replay window is not trusted: it may be a replay, and its
 *     nonce may have protected an answer before the window was lost
 */
record VerifiedRequest(
    SecurityContext context, Request inner, RequestBinding binding, boolean synchronised) {

  /**
   * True for a registration: the inner option alone decides, whatever became of the outer one (RFC
   * 8613, Section 4.1.3.5.1).
   */
  boolean isRegistration() {
    return inner.method().isSafe() && inner.options().observe().orElse(1) == 0;
  }
}
