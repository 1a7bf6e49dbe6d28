/**
 * How the sides prove who they are: own identities, and the two ways of authentication with public
 * keys (RFC 9528, Sections 3.5 and 5). Immutable but for the keys, which their owners close.
 */
@NullMarked
package dev.moat.edhoc.auth;

import org.jspecify.annotations.NullMarked;
