/**
 * What handshakes mean for a device that lives on a primary cell: how many years the cell lasts for
 * a given interval between handshakes. An energy balance, no battery simulation; see {@link
 * dev.moat.radio.device.BatteryLife} for what it leaves out.
 *
 * <p>All types are immutable.
 */
@NullMarked
package dev.moat.radio.device;

import org.jspecify.annotations.NullMarked;
