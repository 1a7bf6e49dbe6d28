/** Rules over all modules, the requirement matrix, and interoperability with other stacks. */
@NullMarked
package dev.moat.conformance;

import org.jspecify.annotations.NullMarked;
