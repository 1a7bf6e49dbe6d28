package dev.moat.edhoc.run;

import dev.moat.edhoc.auth.VerifiedPeer;
import dev.moat.edhoc.message.EadItem;
import dev.moat.edhoc.message.EadItems;
import java.util.List;
import java.util.Optional;

/** The external authorization data of one session (RFC 9528, Section 3.8). */
public interface EadHandler {
  /** What to send in {@code field}; called once for each message that is composed. */
  default EadItems toSend(EadField field) {
    return EadItems.none();
  }

  /**
   * Takes what a message brought, without padding, and decides whether to go on. Called for every
   * message, also when it brought nothing.
   *
   * <p>EAD_2 and EAD_3 come twice: first from nobody in particular, before the peer is verified, so
   * that they may help to find or judge its credential; then with the verified peer. Forged
   * messages may be handed over in between. EAD_1 comes from nobody, EAD_4 from the peer.
   *
   * @param from the verified peer, or empty: anyone may have made the items
   * @return false to abort; before verification only this message is refused, afterwards the
   *     session ends
   */
  default boolean accepts(EadField field, List<EadItem> items, Optional<VerifiedPeer> from) {
    return true;
  }
}
