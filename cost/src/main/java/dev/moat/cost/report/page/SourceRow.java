package dev.moat.cost.report.page;

import dev.moat.cost.exchange.Origin;

/**
 * Where the numbers of an exchange come from.
 *
 * @param title the exchange
 * @param protocol its protocol
 * @param origin how the sizes were had
 * @param source the document, the program, or the file
 * @param sizes the octets of its messages, as a sum
 */
public record SourceRow(
    String title, String protocol, Origin origin, String source, String sizes) {}
