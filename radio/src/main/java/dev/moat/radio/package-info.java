/**
 * What an exchange of messages costs on constrained radios: time on air, frames, energy. Models
 * without I/O: sizes go in, numbers come out.
 */
@NullMarked
package dev.moat.radio;

import org.jspecify.annotations.NullMarked;
