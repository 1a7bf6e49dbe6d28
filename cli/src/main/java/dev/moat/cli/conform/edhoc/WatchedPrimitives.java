package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.InsecureWatchedCrypto;
import dev.moat.crypto.Keccak;
import dev.moat.crypto.Primitives;

/** The primitives of production, which tell a {@link Watch} what they do. */
final class WatchedPrimitives {
  private WatchedPrimitives() {}

  /** {@code primitives}, told to {@code watch}; ephemeral keys and signatures by {@code script}. */
  static Primitives of(Primitives primitives, Watch watch, Script script) {
    return new Primitives(
        new Symmetric(primitives.symmetric(), watch),
        new WatchedCurves(primitives.curves(), watch, script),
        new Sponge(primitives.keccak(), watch));
  }

  private static final class Symmetric extends InsecureWatchedCrypto {
    private final Watch watch;

    Symmetric(Crypto crypto, Watch watch) {
      super(crypto);
      this.watch = watch;
    }

    @Override
    protected void sealed(Use use) {
      watch.protectedMessage(use);
    }

    @Override
    protected void opened(Use use) {
      watch.protectedMessage(use);
    }

    @Override
    protected void hashed(Bytes input, Bytes hash) {
      watch.hashed(input, hash);
    }

    @Override
    protected void derived(Derivation derivation) {
      watch.derived(derivation);
    }
  }

  /** SHAKE256 is a hash here, KMAC256 both Extract and Expand (RFC 9528, Section 4.1). */
  private record Sponge(Keccak keccak, Watch watch) implements Keccak {
    @Override
    public Bytes shake256(Bytes input, int octets) {
      Bytes output = keccak.shake256(input, octets);
      watch.hashed(input, output);
      return output;
    }

    @Override
    public SecretBytes kmac256(SecretBytes key, SecretBytes input, int octets) {
      SecretBytes output = keccak.kmac256(key, input, octets);
      watch.derived(
          new InsecureWatchedCrypto.Derivation(
              key.use(Bytes::copyOf), input.use(Bytes::copyOf), output.use(Bytes::copyOf)));
      return output;
    }
  }
}
