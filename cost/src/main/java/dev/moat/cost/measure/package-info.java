/**
 * Runs key exchanges and protected requests over the real stack, through a relay on the loopback
 * interface that keeps every datagram, and reads the exact sizes from what went by.
 *
 * <pre>
 *   CoapClient --UDP--&gt; RecordedPath (front | back) --UDP--&gt; CoapServer
 *                             |
 *                       RecordedDatagram ... --ExchangeReader--&gt; ExchangeMessage ...
 * </pre>
 *
 * <p>Nothing here computes a size: what is reported was sent. Every run is bounded in time and ends
 * with a result or with a {@link dev.moat.cost.measure.MeasurementFailure}.
 */
@NullMarked
package dev.moat.cost.measure;

import org.jspecify.annotations.NullMarked;
