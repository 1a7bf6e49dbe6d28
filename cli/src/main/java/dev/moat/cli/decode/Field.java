package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;

/**
 * Some octets of a message and what they mean.
 *
 * @param offset position of the first octet in the message
 * @param octets the octets
 * @param name the field's name in the RFC
 * @param meaning the value in words
 * @param reference where the RFCs define it
 */
public record Field(int offset, Bytes octets, String name, String meaning, String reference) {}
