/**
 * What an exchange costs a device on NB-IoT: the time its radio is on and the energy it takes, at
 * the edge of normal coverage (coupling loss 144 dB) and of extended coverage (164 dB), and apart
 * from it what it costs to get connected first.
 *
 * <p>The model is that of the spreadsheet cited as [AKE-for-NB-IoT] by the requirements on a
 * lightweight key exchange: octets over a data rate, times a power. It counts the octets it is
 * given and nothing else: no IP, UDP or radio link headers, no waiting between messages, no
 * inactivity timer, no retransmission. All values are whole microseconds and nanojoules; every
 * message is rounded half up, and totals are sums of rounded values, so tables add up.
 *
 * <p>All types are immutable.
 */
@NullMarked
package dev.moat.radio.nbiot;

import org.jspecify.annotations.NullMarked;
