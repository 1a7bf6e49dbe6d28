/**
 * What an exchange costs on LoRaWAN: packets, time on air and off times.
 *
 * <p>{@link dev.moat.radio.lorawan.LorawanModel} splits messages at the limit of a data rate and
 * adds up exact times on air. Tables of regions are data with their sources beside them. All values
 * are immutable; times are whole microseconds.
 */
@NullMarked
package dev.moat.radio.lorawan;

import org.jspecify.annotations.NullMarked;
