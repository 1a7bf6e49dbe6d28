/**
 * The client's stages above the message layer, except Echo: block-wise transfers with Request-Tag
 * (RFC 7959; RFC 9175, Section 3), confirmable actuator requests, and reconciliation after an
 * {@code Unknown}.
 *
 * <pre>
 *  request --&gt; Upload --(2.31)*--&gt; final response --&gt; Download --(blocks)*--&gt; Responded, whole
 *                 |                                       |
 *                 +-- 4.08, 4.13: once more, new tag      +-- other ETag: from the start, bounded
 * </pre>
 *
 * <p>Thread rule: everything here belongs to the event loop that runs the pipeline.
 */
@NullMarked
package dev.moat.engine.client;

import org.jspecify.annotations.NullMarked;
