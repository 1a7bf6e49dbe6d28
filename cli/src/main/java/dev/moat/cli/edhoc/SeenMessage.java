package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cli.decode.EdhocMessageKind;

/**
 * A message of a handshake.
 *
 * @param kind which one, by its place in the flow
 * @param sent true when it left, false when it was accepted
 * @param octets the message without what stands before it in a CoAP request
 */
record SeenMessage(EdhocMessageKind kind, boolean sent, Bytes octets) {}
