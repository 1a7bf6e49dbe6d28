/**
 * Freshness of requests by Echo (RFC 9175, Section 2), on both sides.
 *
 * <pre>
 *  client                                 server
 *  ClientEchoFilter  --- PUT -----------> EchoFreshnessFilter   too old, or age unknown
 *                    <-- 4.01 + Echo ---                        not executed
 *                    --- PUT + Echo ----> (t1 - t0) < window    handler runs
 *                    <-- 2.04 + Echo ---                        for the next request
 * </pre>
 *
 * <p>Thread rule: everything here belongs to the event loop that runs the pipeline.
 */
@NullMarked
package dev.moat.engine.freshness;

import org.jspecify.annotations.NullMarked;
