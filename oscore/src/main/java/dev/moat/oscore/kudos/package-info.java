/**
 * Experimental: key update by KUDOS as in draft-ietf-core-oscore-key-update-14, which may still
 * change. Nothing of it runs unless it is configured, and no other version of the draft is spoken.
 */
@NullMarked
package dev.moat.oscore.kudos;

import org.jspecify.annotations.NullMarked;
