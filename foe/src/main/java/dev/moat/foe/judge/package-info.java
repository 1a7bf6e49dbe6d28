/**
 * What a run comes to. The judge asks the applications, never the wire: what the server really did,
 * and what the client believes. Only the name of what withstood is read from the messages.
 *
 * <p>Thread rule: values and pure functions.
 */
@NullMarked
package dev.moat.foe.judge;

import org.jspecify.annotations.NullMarked;
