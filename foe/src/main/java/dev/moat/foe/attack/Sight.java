package dev.moat.foe.attack;

import dev.moat.bytes.Bytes;
import dev.moat.foe.scenario.Pattern;

/**
 * What Foe can make of a datagram's octets. Addresses, direction, order, length and time it has
 * anyway; the content only where the security mode leaves it in clear.
 */
public interface Sight {
  /** True when the datagram may be the one that a ladder line speaks of. */
  boolean fits(Pattern pattern, Bytes datagram);

  /** True when the datagram asks the client to prove freshness or reachability by Echo. */
  boolean isChallenge(Bytes datagram);

  /** True for a request with effects that proves nothing by Echo. */
  boolean isUnproven(Bytes datagram);

  /** One line for people, with no more than Foe can see. */
  String describe(Bytes datagram);
}
