/**
 * message_3 of EDHOC in one message with the first request of OSCORE (RFC 9668): a stage outside
 * and a stage inside of the protection at the client, a stage right before the verification at the
 * server.
 */
@NullMarked
package dev.moat.edhoc.coap.combined;

import org.jspecify.annotations.NullMarked;
