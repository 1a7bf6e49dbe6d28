package dev.moat.engine.resource;

/**
 * How {@link PolicyFilter} reads the policies.
 *
 * @param securedOnly every resource demands a security association, whatever its own policy says,
 *     save those that establish one
 * @param insecureUnsecuredActuators actuators act on unprotected requests too; resources that ask
 *     for security by {@link Resource#securedOnly()} still get it. For laboratories: told once,
 *     with the first such request
 * @param insecureUnconfirmedActuators actuators act on non-confirmable requests too. For
 *     laboratories
 */
public record PolicyConfig(
    boolean securedOnly, boolean insecureUnsecuredActuators, boolean insecureUnconfirmedActuators) {

  /** Policies as the resources declare them. */
  public static PolicyConfig defaults() {
    return new PolicyConfig(false, false, false);
  }

  /** With or without the demand for security on everything. */
  public PolicyConfig withSecuredOnly(boolean on) {
    return new PolicyConfig(on, insecureUnsecuredActuators, insecureUnconfirmedActuators);
  }

  /** With or without the permission for actuators to act on unprotected requests. */
  public PolicyConfig withInsecureUnsecuredActuators(boolean on) {
    return new PolicyConfig(securedOnly, on, insecureUnconfirmedActuators);
  }

  /** With or without the permission for actuators to act on non-confirmable requests. */
  public PolicyConfig withInsecureUnconfirmedActuators(boolean on) {
    return new PolicyConfig(securedOnly, insecureUnsecuredActuators, on);
  }
}
