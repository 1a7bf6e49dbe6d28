/**
 * OSCORE as stages of a pipeline: verifying requests and protecting their answers on a server,
 * protecting requests and verifying their answers on a client (RFC 8613, Section 8).
 *
 * <pre>
 *  server                                       client
 *  outer blocks                                 caller
 *  OscoreServerFilter                           SecureAssociation      tables above: per context
 *   | RequestVerifier    kid, trial, window     block-wise, Echo
 *   | Resynchronisation  window not trusted     OscoreClientFilter
 *   | AnswerProtection   nonce, Observe, size    | ResponseVerifier    the gate of one request
 *  policy, freshness, blocks, resource          outer blocks, engine
 * </pre>
 *
 * <p>Thread rule: everything here belongs to the event loop that runs the pipeline; contexts and
 * their table may be shared among loops.
 */
@NullMarked
package dev.moat.oscore.filter;

import org.jspecify.annotations.NullMarked;
