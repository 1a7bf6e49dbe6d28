/**
 * Where the command line gets OSCORE security contexts (RFC 8613) from: libcoap's configuration
 * files, aiocoap's credentials maps, and options. Every file with a secret is refused when others
 * may read it; every context gets durable sequence numbers, or none at all.
 */
@NullMarked
package dev.moat.cli.oscore;

import org.jspecify.annotations.NullMarked;
