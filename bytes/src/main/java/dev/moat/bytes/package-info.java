/**
 * Octets: immutable {@link dev.moat.bytes.Bytes}, erasable {@link dev.moat.bytes.SecretBytes},
 * bounded readers and growing writers, and the {@link dev.moat.bytes.RandomSource} that cores take
 * as a parameter.
 *
 * <p>Thread rule: {@code Bytes} may be shared freely; readers and writers belong to one thread.
 */
@NullMarked
package dev.moat.bytes;

import org.jspecify.annotations.NullMarked;
