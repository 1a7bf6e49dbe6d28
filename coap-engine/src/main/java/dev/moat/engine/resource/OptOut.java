package dev.moat.engine.resource;

/**
 * A demand that a resource gave up, and why.
 *
 * @param what the demand
 * @param reason in the developer's words
 */
public record OptOut(String what, String reason) {
  /** Checks that there is a reason. */
  public OptOut {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("giving up '" + what + "' needs a reason");
    }
  }
}
