/**
 * Datagrams out of capture files: pcap and pcapng, down to what UDP and TCP carry.
 *
 * <p>Readers of our own, because the Java libraries for captures either wrap the native libpcap or
 * are no longer maintained. They follow draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng, keep
 * hard limits, and answer anything else than a sound file with a {@link
 * dev.moat.cost.capture.CaptureException} that names the place. Times are not read: nothing that is
 * costed depends on them. IEEE 802.15.4 is not parsed; 6LoWPAN's compression would have to be
 * undone with the network's contexts.
 *
 * <pre>
 *   file -&gt; PcapFormat | PcapNgFormat -&gt; Frame -&gt; LinkLayer -&gt; IpLayer (Fragments) -&gt; TransportLayer -&gt; CapturedDatagram
 * </pre>
 *
 * <p>Thread rule: a reading is confined to the thread that asked for it; results are immutable.
 */
@NullMarked
package dev.moat.cost.capture;

import org.jspecify.annotations.NullMarked;
