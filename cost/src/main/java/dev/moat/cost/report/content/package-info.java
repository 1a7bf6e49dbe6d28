/** Makes the sections of a report from a study. */
@NullMarked
package dev.moat.cost.report.content;

import org.jspecify.annotations.NullMarked;
