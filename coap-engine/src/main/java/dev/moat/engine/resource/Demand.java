package dev.moat.engine.resource;

import dev.moat.coap.message.Code;

/** Which methods of a resource a demand of its policy covers. */
public enum Demand {
  /** None. */
  NEVER,
  /** Those with effects: all but GET and FETCH. */
  UNSAFE_METHODS,
  /** All of them. */
  EVERY_METHOD;

  /** True when {@code method} is covered. */
  public boolean covers(Code method) {
    return switch (this) {
      case NEVER -> false;
      case UNSAFE_METHODS -> !method.isSafe();
      case EVERY_METHOD -> true;
    };
  }
}
