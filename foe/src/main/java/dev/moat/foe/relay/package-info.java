/**
 * Foe on real UDP sockets: its own ports stand between the client and the server, who know each
 * other only through them.
 *
 * <p>Thread rule: a field's sockets are read and written by the thread that runs it.
 */
@NullMarked
package dev.moat.foe.relay;

import org.jspecify.annotations.NullMarked;
