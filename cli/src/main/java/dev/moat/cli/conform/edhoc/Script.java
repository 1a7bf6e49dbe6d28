package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.VerificationKey;
import java.util.Optional;

/** What a vector fixes of that which is random in production. */
interface Script {
  /**
   * The private key to use where a fresh one of {@code curve} is wanted; empty for a random one.
   */
  Optional<Bytes> ephemeral(DhCurve curve);

  /**
   * The signature to send for {@code message}: {@code own}, or the vector's when both verify with
   * {@code key} and signatures are randomised.
   */
  Bytes signature(VerificationKey key, Bytes message, Bytes own);
}
