package dev.moat.oscore.rekey;

import dev.moat.oscore.context.KeyUsage.UsageState;
import dev.moat.oscore.context.SecurityContext;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ContextOnDemand} knows. Immutable.
 *
 * @param context the present one
 * @param attempted the condition of its keys when a run was last begun: one attempt for each
 * @param demanded a run is asked for
 * @param doubted the server may have lost it
 * @param outstanding requests under it that have not ended
 * @param run the run that requests wait for
 */
record DemandState(
    @Nullable SecurityContext context,
    UsageState attempted,
    boolean demanded,
    boolean doubted,
    int outstanding,
    ContextOnDemand.@Nullable Run run) {
  static final DemandState EMPTY = new DemandState(null, UsageState.FINE, false, false, 0, null);

  boolean wantsRun() {
    return context == null
        || demanded
        || doubted
        || context.usage().state().compareTo(attempted) > 0;
  }

  DemandState withDemand() {
    return new DemandState(context, attempted, true, doubted, outstanding, run);
  }

  DemandState lent() {
    return new DemandState(context, attempted, demanded, doubted, outstanding + 1, run);
  }

  DemandState givenBack(boolean doubt) {
    return new DemandState(context, attempted, demanded, doubted || doubt, outstanding - 1, run);
  }

  DemandState running(ContextOnDemand.Run begun) {
    UsageState condition = context == null ? UsageState.FINE : context.usage().state();
    return new DemandState(context, condition, false, doubted, outstanding, begun);
  }

  /** After a run, which made a context or failed. */
  DemandState ended(@Nullable SecurityContext fresh) {
    return fresh == null ? failed() : renewed(fresh);
  }

  DemandState renewed(SecurityContext fresh) {
    return new DemandState(fresh, fresh.usage().state(), false, false, 0, null);
  }

  /** The context goes on, unless the server has probably lost it. */
  private DemandState failed() {
    return new DemandState(doubted ? null : context, attempted, false, false, outstanding, null);
  }
}
