/**
 * The client commands: {@code moat get put post delete fetch patch ipatch observe ping discover}.
 * Flags follow libcoap's {@code coap-client}, long names aiocoap's client. What the user asked for
 * becomes a request without touching the network ({@link dev.moat.cli.client.RequestPlan}); one
 * class talks to the endpoint; others print.
 */
@NullMarked
package dev.moat.cli.client;

import org.jspecify.annotations.NullMarked;
