package dev.moat.cost.tls;

/**
 * What a document says of an implementation on a device with a radio of IEEE 802.15.4.
 *
 * @param name the implementation
 * @param flash octets of code and constants
 * @param ram octets of memory at the most, stack and heap included
 * @param messages how many are sent for a handshake
 * @param frames how many frames they take
 * @param octets sent in these frames, their headers included
 * @param milliseconds how long it takes
 * @param millijoule what it takes from the battery
 * @param source the document
 */
public record PublishedFootprint(
    String name,
    int flash,
    int ram,
    int messages,
    int frames,
    int octets,
    double milliseconds,
    double millijoule,
    String source) {}
