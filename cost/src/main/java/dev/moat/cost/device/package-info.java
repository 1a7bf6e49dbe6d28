/**
 * What EDHOC asks of a device besides its radio: operations of cryptography, memory while a
 * handshake runs, code, time of a processor. Counted from runs of the very code that talks over
 * networks, in memory; each class says what its figures are no measure of.
 */
@NullMarked
package dev.moat.cost.device;

import org.jspecify.annotations.NullMarked;
