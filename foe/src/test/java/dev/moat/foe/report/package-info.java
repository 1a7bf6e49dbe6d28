/** Tests of the package. */
@NullMarked
package dev.moat.foe.report;

import org.jspecify.annotations.NullMarked;
