/** Tests of the wiring, in virtual time. */
@NullMarked
package dev.moat.endpoint.stack;

import org.jspecify.annotations.NullMarked;
