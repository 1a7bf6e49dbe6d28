/**
 * EDHOC (RFC 9528) without a transport: messages, key schedule and the states of both roles. Holds
 * no socket, thread or clock; states are confined to their caller.
 */
@NullMarked
package dev.moat.edhoc;

import org.jspecify.annotations.NullMarked;
