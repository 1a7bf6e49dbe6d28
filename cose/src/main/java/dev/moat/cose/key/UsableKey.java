package dev.moat.cose.key;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A public key with what its owner permits it for. Immutable.
 *
 * @param key the key
 * @param uses what its curve can do and nothing forbids
 */
public record UsableKey(PublicKey key, Set<KeyUse> uses) {
  /** Copies the set. */
  public UsableKey {
    uses = Set.copyOf(uses);
  }

  /** A key for all that its curve can do. */
  public static UsableKey of(PublicKey key) {
    return of(key, Optional.empty());
  }

  /** A key for what its curve can do, within {@code permitted} where that is given. */
  public static UsableKey of(PublicKey key, Optional<Set<KeyUse>> permitted) {
    Set<KeyUse> uses = EnumSet.noneOf(KeyUse.class);
    if (key.curve().signature().isPresent()) {
      uses.add(KeyUse.SIGNATURE);
    }
    if (key.curve().dh().isPresent()) {
      uses.add(KeyUse.AGREEMENT);
    }
    permitted.ifPresent(uses::retainAll);
    return new UsableKey(key, uses);
  }

  /**
   * Reads a public COSE_Key, its alg and its key_ops (RFC 9052, Section 7.1).
   *
   * @throws CoseException with the reasons of {@link PublicKey#decode}
   */
  public static UsableKey decode(Bytes coseKey) throws CoseException {
    PublicKey key = PublicKey.decode(coseKey);
    return of(key, Optional.of(KeyRestrictions.read(key.curve(), coseKey, Reason.BAD_PUBLIC_KEY)));
  }
}
