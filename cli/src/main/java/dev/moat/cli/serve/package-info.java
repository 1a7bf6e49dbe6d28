/**
 * {@code moat serve}: a demonstration server, and the resources of the ETSI CoAP plugtests (CoAP#4,
 * London 2014: test descriptions TD_COAP_CORE, TD_COAP_LINK, TD_COAP_BLOCK and TD_COAP_OBS).
 *
 * <p>Thread rule: handlers run on the event loops, timed changes on one {@link
 * dev.moat.cli.serve.Timers} thread; what both touch is atomic.
 */
@NullMarked
package dev.moat.cli.serve;

import org.jspecify.annotations.NullMarked;
