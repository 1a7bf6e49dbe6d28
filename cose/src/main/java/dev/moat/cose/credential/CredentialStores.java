package dev.moat.cose.credential;

import dev.moat.cose.credential.Resolution.Trusted;
import dev.moat.cose.credential.Resolution.Untrusted;
import java.time.Instant;
import java.util.List;

/** Ways to put stores together. */
public final class CredentialStores {
  private CredentialStores() {}

  /**
   * Asks one store after the other, and takes the first that trusts. When none does, the first that
   * distrusts tells why.
   */
  public static CredentialStore anyOf(CredentialStore... stores) {
    List<CredentialStore> all = List.of(stores);
    return (claimed, now) -> first(all, claimed, now);
  }

  private static Resolution first(List<CredentialStore> stores, IdCred claimed, Instant now) {
    Resolution result = new Resolution.Unknown();
    for (CredentialStore store : stores) {
      Resolution answer = store.resolve(claimed, now);
      if (answer instanceof Trusted) {
        return answer;
      }
      if (answer instanceof Untrusted && !(result instanceof Untrusted)) {
        result = answer;
      }
    }
    return result;
  }
}
