/**
 * Tables of figures, once, and the forms they are printed in: text for people, JSON and CSV for
 * scripts.
 *
 * <p>Thread rule: everything is immutable.
 */
@NullMarked
package dev.moat.cost.report;

import org.jspecify.annotations.NullMarked;
