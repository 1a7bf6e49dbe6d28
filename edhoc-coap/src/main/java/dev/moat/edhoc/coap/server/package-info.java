/**
 * The server of EDHOC over CoAP: the resource that takes its messages, in the forward and in the
 * reverse flow, and the stages that it needs in a server's pipeline.
 *
 * <p>One {@link dev.moat.edhoc.coap.server.EdhocServer} serves all event loops of a server.
 */
@NullMarked
package dev.moat.edhoc.coap.server;

import org.jspecify.annotations.NullMarked;
