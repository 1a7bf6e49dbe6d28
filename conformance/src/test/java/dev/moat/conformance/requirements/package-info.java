/**
 * The requirement matrix: which acceptance row is shown by which test. Rows come from a resource,
 * tests from the {@code @Tag}s in the sources; the result is docs/requirements.md.
 */
@NullMarked
package dev.moat.conformance.requirements;

import org.jspecify.annotations.NullMarked;
