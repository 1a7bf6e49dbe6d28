package dev.moat.edhoc.run;

import dev.moat.cose.credential.IdCred;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.suite.EdhocHash;
import java.util.List;
import java.util.Optional;

/**
 * The pre-shared keys of an endpoint, and with them the peers that it talks to by method 4. May be
 * shared among threads; does not block.
 */
public interface PskStore {
  /** The key to present as Initiator in a session whose suite has {@code hash}. */
  Optional<PskCredential> toPresent(EdhocHash hash);

  /** The keys that an Initiator may mean; several may have one identifier. */
  List<PskCredential> find(IdCred claimed);

  /** Exactly these keys; the first that fits is presented. */
  static PskStore of(PskCredential... keys) {
    List<PskCredential> all = List.of(keys);
    return new PskStore() {
      @Override
      public Optional<PskCredential> toPresent(EdhocHash hash) {
        return all.stream().filter(key -> key.hash() == hash).findFirst();
      }

      @Override
      public List<PskCredential> find(IdCred claimed) {
        return all.stream().filter(key -> key.idCred().equals(claimed)).toList();
      }
    };
  }
}
