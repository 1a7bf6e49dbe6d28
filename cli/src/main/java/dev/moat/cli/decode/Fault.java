package dev.moat.cli.decode;

/**
 * Why a message is malformed.
 *
 * @param offset position of the octet at which the rule is broken; the message's length when octets
 *     are missing
 * @param rule the rule that is broken, in words
 * @param reference where the RFCs state it
 */
public record Fault(int offset, String rule, String reference) {}
