/**
 * Foe's own ends of handshakes (RFC 9528). Foe has a key of its own, which nobody was told to
 * trust, and knows what is public; it has no way to the keys of the others.
 *
 * <p>Thread rule: belongs to the loop of its run.
 */
@NullMarked
package dev.moat.foe.impostor;

import org.jspecify.annotations.NullMarked;
