package dev.moat.oscore.rekey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.InsecureWatchedCrypto;
import dev.moat.crypto.JdkCrypto;
import java.util.HashSet;
import java.util.Set;

/** Fails when one key seals two messages under one nonce. Survives the restarts of endpoints. */
public final class NonceLedger extends InsecureWatchedCrypto {
  private final Set<Bytes> used = new HashSet<>();
  private Use last =
      new Use(Bytes.empty(), Bytes.empty(), Bytes.empty(), Bytes.empty(), Bytes.empty());

  /** Nothing sealed yet. */
  public NonceLedger() {
    super(JdkCrypto.create());
  }

  /** How many messages were sealed. */
  public int size() {
    return used.size();
  }

  /** The message sealed last. */
  public Use last() {
    return last;
  }

  @Override
  protected void sealing(Bytes key, Bytes nonce) {
    assertThat(used.add(key.plus(nonce))).as("key and nonce are new").isTrue();
  }

  @Override
  protected void sealed(Use use) {
    last = use;
  }
}
