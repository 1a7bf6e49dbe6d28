/** Tables in every form. */
@NullMarked
package dev.moat.cost.report;

import org.jspecify.annotations.NullMarked;
