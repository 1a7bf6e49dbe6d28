/**
 * How long a frame is on air: exact, in whole microseconds.
 *
 * <p>LoRa by the formula of the modem's design guide (Semtech AN1200.13, Section 4), FSK by its bit
 * rate. Every value here is immutable and safe to share.
 */
@NullMarked
package dev.moat.radio.lorawan.air;

import org.jspecify.annotations.NullMarked;
