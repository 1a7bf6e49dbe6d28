/**
 * What a completed handshake leaves: keys for the application, bound to who the peer is (RFC 9528,
 * Sections 4.2 and 5.4). A session may be shared among threads.
 */
@NullMarked
package dev.moat.edhoc.session;

import org.jspecify.annotations.NullMarked;
