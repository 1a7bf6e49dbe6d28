/**
 * Fuzz targets. In every build each target replays its seeds (drawn from the shared vectors, see
 * {@link dev.moat.fuzz.Seeds}) and the inputs once found under {@code
 * src/test/resources/dev/moat/fuzz/<Class>Inputs/<method>/}.
 *
 * <p>To fuzz one target for a while:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl fuzz -am -Dtest='MessageFuzzTest#decodesOrRefuses' \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Djazzer.max_duration=5m test</pre>
 *
 * <p>A finding is written to the folder above: commit it with the repair. The growing corpus stays
 * in {@code fuzz/.cifuzz-corpus}, which is not committed.
 */
@NullMarked
package dev.moat.fuzz;

import org.jspecify.annotations.NullMarked;
