/**
 * Everything an endpoint does except I/O: {@link dev.moat.endpoint.stack.Stack} wires the engine,
 * the client pipeline and the server pipeline in one visible place.
 *
 * <p>Thread rule: a stack is confined to one owner. Results that other threads bring come in
 * through a {@link dev.moat.endpoint.stack.LoopGate}. Time is an argument, so that the very same
 * code runs in production and in virtual time.
 */
@NullMarked
package dev.moat.endpoint.stack;

import org.jspecify.annotations.NullMarked;
