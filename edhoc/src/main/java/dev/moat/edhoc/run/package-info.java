/**
 * Whole handshakes: the states of all methods with everything around them that RFC 9528 leaves to
 * the application, so that transports, tools and tests need only pass octets and time.
 *
 * <p>A run negotiates the suite (Section 6.3), finds and judges credentials (Sections 3.5.3 and D),
 * hands external authorization data to the application (Section 3.8) and answers with error
 * messages (Section 6). A message that is refused leaves the run where it was, because anyone may
 * have sent it: the caller decides whether to wait for the genuine one.
 *
 * <p>A run is owned by one thread; {@link dev.moat.edhoc.run.EdhocSettings} are immutable.
 */
@NullMarked
package dev.moat.edhoc.run;

import org.jspecify.annotations.NullMarked;
