package dev.moat.oscore.filter;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Request;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.Unprotected;
import java.util.List;
import java.util.Optional;

/**
 * Finds the context of a request and verifies it (RFC 8613, Section 8.2, steps 2 to 7).
 *
 * <p>Without a kid context, several contexts may share a kid; then each is tried (Section 5.1).
 */
final class RequestVerifier {
  /** Of several failures the last one in this list is told. */
  private static final List<Reason> WEIGHTS =
      List.of(
          Reason.CONTEXT_NOT_FOUND,
          Reason.KEY_USAGE_LIMIT,
          Reason.DECRYPTION_FAILED,
          Reason.REPLAY);

  private final ContextTable contexts;
  private final Protector protector;
  private final KeyWear wear;
  private final RecentContexts recent = new RecentContexts();

  RequestVerifier(ContextTable contexts, Protector protector, KeyWear wear) {
    this.contexts = contexts;
    this.protector = protector;
    this.wear = wear;
  }

  VerifiedRequest verify(Request outer) throws OscoreException {
    List<Bytes> values = outer.options().all(OptionNumber.OSCORE);
    if (values.size() != 1) {
      throw new OscoreException(Reason.REPEATED_OPTION);
    }
    OscoreOption option = OscoreOption.decode(values.get(0));
    if (option.kid().isEmpty()) {
      throw new OscoreException(Reason.MISSING_KID);
    }
    List<SecurityContext> candidates = contexts.candidates(option.kid().get(), option.kidContext());
    return candidates.size() == 1
        ? attempt(candidates.get(0), outer, option)
        : trial(candidates, outer, option);
  }

  private VerifiedRequest trial(
      List<SecurityContext> candidates, Request outer, OscoreOption option) throws OscoreException {
    Reason reason = Reason.CONTEXT_NOT_FOUND;
    for (SecurityContext context : recent.first(outer.peer(), candidates)) {
      try {
        VerifiedRequest verified = attempt(context, outer, option);
        recent.remember(outer.peer(), context);
        return verified;
      } catch (OscoreException failure) {
        reason = weightier(reason, failure);
      }
    }
    throw new OscoreException(reason);
  }

  /** Rethrows what concerns the message and no key, such as a bad plaintext. */
  private static Reason weightier(Reason former, OscoreException failure) throws OscoreException {
    if (!WEIGHTS.contains(failure.reason())) {
      throw failure;
    }
    boolean weighs = WEIGHTS.indexOf(failure.reason()) > WEIGHTS.indexOf(former);
    return weighs ? failure.reason() : former;
  }

  private VerifiedRequest attempt(SecurityContext context, Request outer, OscoreOption option)
      throws OscoreException {
    Unprotected result = unprotected(context, outer, option);
    if (result instanceof Unprotected.Fresh fresh) {
      return verified(context, fresh.inner(), fresh.binding(), true);
    }
    if (result instanceof Unprotected.Unsynchronised lost) {
      return verified(context, lost.inner(), lost.binding(), false);
    }
    throw new OscoreException(Reason.REPLAY);
  }

  /** Also what fails wears the key out, and during a flood nothing else may come. */
  private Unprotected unprotected(SecurityContext context, Request outer, OscoreOption option)
      throws OscoreException {
    try {
      return protector.unprotectRequest(context, outer, option);
    } finally {
      wear.used(context);
    }
  }

  private static VerifiedRequest verified(
      SecurityContext context, Request inner, RequestBinding binding, boolean synchronised) {
    Request seen = SecuredBy.to(inner, SecuredBy.associated(inner.peer(), context));
    Optional<Arrival> arrival = inner.context().find(Arrival.KEY);
    if (arrival.isPresent()) {
      seen = seen.withFact(Arrival.KEY, secured(arrival.get()));
    }
    return new VerifiedRequest(context, seen, binding, synchronised);
  }

  private static Arrival secured(Arrival plain) {
    return new Arrival(
        plain.nanos(),
        plain.token(),
        plain.datagramOctets(),
        plain.multicast(),
        plain.addressProven(),
        Arrival.Security.OSCORE);
  }
}
