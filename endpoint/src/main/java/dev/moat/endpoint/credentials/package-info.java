/** What an endpoint shows to its peers in a (D)TLS handshake, and whom it takes. */
@NullMarked
package dev.moat.endpoint.credentials;

import org.jspecify.annotations.NullMarked;
