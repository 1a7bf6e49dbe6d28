/**
 * Moat beside Californium over DTLS with a pre-shared key, and over TCP: {@link
 * dev.moat.benchmarks.transports.TransportComparison} starts servers and load drivers in processes
 * of their own, in turn.
 */
@NullMarked
package dev.moat.benchmarks.transports;

import org.jspecify.annotations.NullMarked;
