/**
 * The key schedule (RFC 9528, Section 4): from shared secrets and transcripts to the keys of the
 * messages and of the application.
 *
 * <pre>
 *   TH_2, G_XY -&gt; {@link dev.moat.edhoc.schedule.Prk2e}   -&gt; KEYSTREAM_2
 *   (G_RX)     -&gt; {@link dev.moat.edhoc.schedule.Prk3e2m} -&gt; MAC_2, K_3, IV_3
 *   (G_IY)     -&gt; {@link dev.moat.edhoc.schedule.Prk4e3m} -&gt; MAC_3, K_4, IV_4
 *   TH_4       -&gt; {@link dev.moat.edhoc.schedule.PrkOut}  -&gt; exporter, key update
 * </pre>
 *
 * <p>Every step has its type, so that a key cannot stand where another is due. A step yields a key
 * of its own and leaves the one it came from to its owner, who closes it.
 */
@NullMarked
package dev.moat.edhoc.schedule;

import org.jspecify.annotations.NullMarked;
