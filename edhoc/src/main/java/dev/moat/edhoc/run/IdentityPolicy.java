package dev.moat.edhoc.run;

import dev.moat.cose.credential.Credential;
import java.util.Set;

/**
 * Says with whom to talk, of all those whose credentials are trusted (RFC 9528, Appendix D.2). May
 * be shared among threads.
 *
 * <p>It is asked before the peer is verified, so that someone who is trusted but not meant cannot
 * use up a session; a session comes about only if the peer is verified, too.
 */
@FunctionalInterface
public interface IdentityPolicy {
  /** True to talk to whoever proves to have this identity. */
  boolean allows(ClaimedIdentity claimed);

  /** Everyone whose credential is trusted: for stores that hold exactly the peers to talk to. */
  static IdentityPolicy everyTrusted() {
    return claimed -> true;
  }

  /** Only the owners of these credentials. */
  static IdentityPolicy only(Credential... credentials) {
    Set<Credential> allowed = Set.of(credentials);
    return claimed -> claimed.credential().filter(allowed::contains).isPresent();
  }

  /** Only credentials with one of these names, from whoever is trusted to give them out. */
  static IdentityPolicy subjects(String... names) {
    Set<String> allowed = Set.of(names);
    return claimed -> claimed.subject().filter(allowed::contains).isPresent();
  }
}
