package dev.moat.edhoc.run;

import dev.moat.bytes.RandomSource;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.VerifiedPeer;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.EadPadding;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/** The external authorization data of one session: the application's, padding and GREASE. */
final class EadExchange {
  private final EadHandler handler;
  private final Set<Integer> known;
  private final int multiple;
  private final GreaseUse grease;
  private final RandomSource random;

  EadExchange(EdhocSettings settings, Role role, RandomSource random) {
    this.handler = settings.eadPolicy().begin(role);
    this.known = settings.eadPolicy().knownLabels();
    this.multiple = settings.paddingMultiple();
    this.grease = settings.grease();
    this.random = random;
  }

  /**
   * What to send.
   *
   * @param octetsWith how long the message, or the plaintext, is with the items it is asked about
   */
  EadItems outgoing(EadField field, ToIntFunction<EadItems> octetsWith) {
    EadItems items = handler.toSend(field).plus(grease.items(random));
    int missing = Math.floorMod(-octetsWith.applyAsInt(items), multiple);
    return items.plus(EadPadding.of(missing, random));
  }

  /**
   * Hands items to the application.
   *
   * @throws EdhocException with UNKNOWN_CRITICAL_EAD or EAD_REFUSED
   */
  void received(EadField field, EadItems items, Optional<VerifiedPeer> from) throws EdhocException {
    items.requireKnown(known);
    if (!handler.accepts(field, items.withoutPadding(), from)) {
      throw new EdhocException(Reason.EAD_REFUSED);
    }
  }
}
