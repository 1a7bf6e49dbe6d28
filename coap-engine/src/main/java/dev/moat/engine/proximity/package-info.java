/**
 * A bound on distance from a measured round trip: the remedy against relay attacks that the draft
 * "Attacks on CoAP" names in Section 2.5. Nothing here can say that somebody is near; it can only
 * say how far away somebody is at most.
 *
 * <p>Thread rule: values and pure functions.
 */
@NullMarked
package dev.moat.engine.proximity;

import org.jspecify.annotations.NullMarked;
