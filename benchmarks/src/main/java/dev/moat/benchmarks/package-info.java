/** Programs that measure Moat beside other servers, and JMH benchmarks of its inner parts. */
@NullMarked
package dev.moat.benchmarks;

import org.jspecify.annotations.NullMarked;
