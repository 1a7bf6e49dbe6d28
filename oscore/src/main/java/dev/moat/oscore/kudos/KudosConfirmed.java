package dev.moat.oscore.kudos;

import dev.moat.oscore.context.SecurityContext;

/**
 * The peer has CTX_NEW too. The parameters of CTX_OLD are erased; whoever has the context itself
 * closes it, and ends the observations it protected (Section 4.3.5).
 *
 * @param context CTX_NEW, to use and to close
 * @param forwardSecret false after the no-FS mode
 * @param next what the next key update begins with; holds what was learned of the peer
 */
public record KudosConfirmed(SecurityContext context, boolean forwardSecret, KudosInputs next) {}
