/** Conversations as tcpdump has recorded them, and as they could be. */
@NullMarked
package dev.moat.cost.conversation;

import org.jspecify.annotations.NullMarked;
