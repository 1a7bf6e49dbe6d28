package dev.moat.edhoc.run;

import dev.moat.edhoc.Role;
import java.util.Set;

/**
 * What an application does with external authorization data (RFC 9528, Section 3.8). May be shared
 * among threads.
 */
public interface EadPolicy {
  /** Sends nothing and ignores what is not critical; whatever is critical ends the session. */
  static EadPolicy none() {
    return new EadPolicy() {
      @Override
      public Set<Integer> knownLabels() {
        return Set.of();
      }

      @Override
      public EadHandler begin(Role role) {
        return new EadHandler() {};
      }
    };
  }

  /** The labels that the application knows: no other critical item is accepted. */
  Set<Integer> knownLabels();

  /** What to do in a new session in which the own role is {@code role}. */
  EadHandler begin(Role role);
}
