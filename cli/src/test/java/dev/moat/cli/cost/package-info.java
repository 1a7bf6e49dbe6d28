/** {@code moat cost}, with captures made here and by tcpdump. */
@NullMarked
package dev.moat.cli.cost;

import org.jspecify.annotations.NullMarked;
