/**
 * Experimental: key update by KUDOS as in draft-ietf-core-oscore-key-update-14, which may still
 * change. Nothing of it runs unless it is configured, and no other version of the draft is spoken.
 *
 * <p>Two endpoints that share a security context, CTX_OLD, each contribute a nonce and derive
 * another, CTX_NEW, from a new Master Secret. In FS mode what comes before cannot be derived from
 * what comes after; in no-FS mode it can, by whoever has the Bootstrap Master Secret.
 *
 * <pre>
 *   client                                                server
 *   {@link dev.moat.oscore.kudos.KudosClientIdle}                              {@link dev.moat.oscore.kudos.KudosServerIdle}
 *     | offer     -- divergent request, CTX_TEMP -->        | answer
 *   {@link dev.moat.oscore.kudos.KudosClientOffered}                           {@link dev.moat.oscore.kudos.KudosServerPending}
 *     | receive   &lt;-- convergent response, CTX_NEW --       |
 *   CTX_NEW confirmed                                       | receive
 *                 -- any request, CTX_NEW -->             CTX_NEW confirmed
 *
 *   client                                                server
 *   KudosClientIdle                                       KudosServerIdle
 *     |           &lt;-- divergent response, CTX_TEMP --       | offer
 *     | answer                                            {@link dev.moat.oscore.kudos.KudosServerOffered}
 *   {@link dev.moat.oscore.kudos.KudosClientPending}
 *     | request   -- convergent request, CTX_NEW -->        | receive
 *     | receive   &lt;-- any response, CTX_NEW --            CTX_NEW confirmed
 *   CTX_NEW confirmed
 * </pre>
 *
 * <p>States that were left refuse a second use. Every state is owned by one thread; the filters of
 * a client and of a server guard them by atomic references.
 */
@NullMarked
package dev.moat.oscore.kudos;

import org.jspecify.annotations.NullMarked;
