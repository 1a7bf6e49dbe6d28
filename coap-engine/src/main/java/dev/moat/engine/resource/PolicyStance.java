package dev.moat.engine.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** How a resource departs from the policy that its methods imply. Immutable. */
record PolicyStance(
    boolean notAnActuator, UnaryOperator<ResourcePolicy> change, List<OptOut> optOuts) {
  static final PolicyStance DEFAULT = new PolicyStance(false, UnaryOperator.identity(), List.of());

  PolicyStance declaredHarmless(OptOut optOut) {
    return new PolicyStance(true, change, plus(optOut));
  }

  PolicyStance stricter(UnaryOperator<ResourcePolicy> next) {
    return new PolicyStance(notAnActuator, policy -> next.apply(change.apply(policy)), optOuts);
  }

  PolicyStance laxer(OptOut optOut, UnaryOperator<ResourcePolicy> next) {
    PolicyStance changed = stricter(next);
    return new PolicyStance(notAnActuator, changed.change, plus(optOut));
  }

  /** The policy of a resource with or without an unsafe method. */
  ResourcePolicy policy(boolean hasUnsafeMethod) {
    boolean actuator = hasUnsafeMethod && !notAnActuator;
    return change.apply(actuator ? ResourcePolicy.ACTUATOR : ResourcePolicy.OPEN);
  }

  private List<OptOut> plus(OptOut optOut) {
    List<OptOut> more = new ArrayList<>(optOuts);
    more.add(optOut);
    return List.copyOf(more);
  }
}
