package dev.moat.cost.study;

/**
 * How long a 6TiSCH network takes to form when every node joins by one protocol.
 *
 * @param protocol what the nodes run
 * @param nodes how many join
 * @param framesPerJoin frames that one node exchanges, all messages and directions, over one hop
 * @param meanSeconds when a node has joined, in the mean of those that did; the time bound for a
 *     run in which none did
 * @param lastSeconds when the last has joined, the network formation time; the time bound for a run
 *     that is not complete
 * @param complete false when the time bound of the simulation came first
 */
public record Formation(
    String protocol,
    int nodes,
    int framesPerJoin,
    double meanSeconds,
    double lastSeconds,
    boolean complete) {}
