/**
 * What duty cycles allow: ledgers of a sliding hour, timetables of stop-and-wait exchanges, and the
 * burst budget of draft-ietf-lake-reqs.
 *
 * <p>Times are whole microseconds on a time line that begins at 0. {@link
 * dev.moat.radio.lorawan.duty.DutyCycleLedger} and {@link dev.moat.radio.lorawan.duty.OffTime} are
 * mutable and belong to one transmitter; all else is immutable.
 */
@NullMarked
package dev.moat.radio.lorawan.duty;

import org.jspecify.annotations.NullMarked;
