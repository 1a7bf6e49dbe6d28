package dev.moat.engine;

/**
 * What an engine holds at a moment.
 *
 * @param dedupEntries messages remembered for de-duplication
 * @param dedupOctets heap octets they take, by estimate
 * @param peers peers for which Message IDs are kept
 * @param addresses addresses whose reachability is accounted for or proven
 * @param openRequests received requests that wait for their answer
 * @param openExchanges requests of ours that wait or observe
 * @param observations relations that peers hold here
 * @param deadlines timers that are set
 */
public record EngineLoad(
    int dedupEntries,
    long dedupOctets,
    int peers,
    int addresses,
    int openRequests,
    int openExchanges,
    int observations,
    int deadlines) {}
