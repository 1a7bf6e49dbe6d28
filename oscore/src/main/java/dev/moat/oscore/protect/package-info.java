/**
 * Protecting and verifying single messages (RFC 8613, Sections 4, 5 and 8): what filters, tools and
 * re-keying call.
 *
 * <p>A {@link dev.moat.oscore.protect.Protector} belongs to one event loop; everything else is
 * immutable or atomic.
 */
@NullMarked
package dev.moat.oscore.protect;

import org.jspecify.annotations.NullMarked;
