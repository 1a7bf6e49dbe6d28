package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.InsecureWatchedCrypto.Derivation;
import dev.moat.crypto.InsecureWatchedCrypto.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Everything that one side of a handshake gave to its primitives, and what came out, in order. */
final class Watch {
  private final List<Hashed> hashes = new ArrayList<>();
  private final List<Derivation> derivations = new ArrayList<>();
  private final List<Use> messages = new ArrayList<>();
  private final List<Signed> signatures = new ArrayList<>();
  private final List<Bytes> agreed = new ArrayList<>();
  private final List<Bytes> ephemerals = new ArrayList<>();

  void hashed(Bytes input, Bytes hash) {
    hashes.add(new Hashed(input, hash));
  }

  void derived(Derivation derivation) {
    derivations.add(derivation);
  }

  void protectedMessage(Use use) {
    messages.add(use);
  }

  void signed(Bytes message, Bytes signature) {
    signatures.add(new Signed(message, signature));
  }

  void agreed(Bytes shared) {
    agreed.add(shared);
  }

  void ephemeral(Bytes publicKey) {
    ephemerals.add(publicKey);
  }

  /** What this input hashes to; empty when it was not hashed. */
  Optional<Bytes> hashOf(Bytes input) {
    return hashes.stream().filter(one -> one.input().equals(input)).map(Hashed::hash).findFirst();
  }

  boolean hasHash(Bytes hash) {
    return hashes.stream().anyMatch(one -> one.hash().equals(hash));
  }

  boolean hasDerivation(Predicate<Derivation> wanted) {
    return derivations.stream().anyMatch(wanted);
  }

  boolean hasMessage(Predicate<Use> wanted) {
    return messages.stream().anyMatch(wanted);
  }

  /** True when this message was signed, or verified, with this signature. */
  boolean hasSignature(Predicate<Signed> wanted) {
    return signatures.stream().anyMatch(wanted);
  }

  boolean hasAgreed(Bytes shared) {
    return agreed.contains(shared);
  }

  boolean hasEphemeral(Bytes publicKey) {
    return ephemerals.contains(publicKey);
  }

  private record Hashed(Bytes input, Bytes hash) {}

  /** A message that was signed, or verified, with its signature. */
  record Signed(Bytes message, Bytes signature) {}
}
