package dev.moat.engine.stream;

/**
 * What an engine of connections holds at a moment.
 *
 * @param connections connections that are open
 * @param queuedOctets octets that wait because peers do not read
 * @param partialOctets octets of messages that have begun to arrive
 * @param openRequests received requests that wait for their answer
 * @param openExchanges requests of ours that wait or observe
 * @param observations relations that peers hold here
 * @param pings Pings of ours that wait
 * @param deadlines timers that are set
 */
public record StreamLoad(
    int connections,
    long queuedOctets,
    long partialOctets,
    int openRequests,
    int openExchanges,
    int observations,
    int pings,
    int deadlines) {}
