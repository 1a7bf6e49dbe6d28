/** Exchanges of messages as they were sent, as published, or as captured. */
@NullMarked
package dev.moat.cost.exchange;

import org.jspecify.annotations.NullMarked;
