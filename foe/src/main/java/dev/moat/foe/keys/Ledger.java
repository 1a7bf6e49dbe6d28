package dev.moat.foe.keys;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.crypto.JdkCrypto;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.rekey.FreshContexts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;

/**
 * What the ends of a run really came to, as the ends themselves know it: which keys each of them
 * holds, under which suites, and how many handshakes the server has open. For the judge; Foe has no
 * way to it. Kept until the run is over. Safe to share among threads.
 */
public final class Ledger implements AutoCloseable {
  /** The Exporter Label of the Master Secret (RFC 9528, Appendix A.1). */
  private static final int MASTER_SECRET = 0;

  private final Crypto crypto = JdkCrypto.create();
  private final List<Entry> entries = new ArrayList<>();
  private final Set<Bytes> foeKeys = new HashSet<>();
  private final Set<Bytes> confirmed = new HashSet<>();
  private final Set<Integer> suites = new TreeSet<>();
  private IntSupplier halfOpen = () -> 0;

  /** An empty ledger. */
  public Ledger() {}

  /** Makes contexts that end with the run, and notes that {@code holder} has their keys. */
  public FreshContexts contexts(Holder holder, Crypto primitives) {
    return parameters -> {
      note(holder, parameters);
      return FreshContexts.unrecorded(parameters, primitives);
    };
  }

  private synchronized void note(Holder holder, ContextParameters parameters) {
    entries.add(new Entry(holder, parameters.toBuilder().build()));
  }

  /** {@code holder} was shown that the other end of {@code session} has its keys, too. */
  public synchronized void confirmed(Holder holder, EdhocSession session) {
    suites.add(session.suite().value());
    if (holder == Holder.CLIENT || holder == Holder.OTHER) {
      confirmed.add(keyOf(session));
    }
  }

  /** Foe completed a handshake. */
  public synchronized void foeHolds(EdhocSession session) {
    foeKeys.add(keyOf(session));
  }

  /** The server's handshakes under way can be asked for. */
  public synchronized void watch(IntSupplier handshakesUnderWay) {
    halfOpen = handshakesUnderWay;
  }

  /** The newest keys by which the server verifies requests with {@code kid}, as the server sees. */
  public synchronized Optional<ContextParameters> ofServer(Bytes kid) {
    return entries.stream()
        .filter(entry -> entry.holder == Holder.SERVER)
        .map(Entry::parameters)
        .filter(parameters -> parameters.recipientId().equals(kid))
        .reduce((older, newer) -> newer);
  }

  /** What the ends came to so far. */
  public synchronized Settlement settlement() {
    return new Settlement(
        keysOf(Set.of(Holder.CLIENT, Holder.OTHER)),
        keysOf(Set.of(Holder.SERVER)),
        foeKeys,
        confirmed,
        suites,
        halfOpen.getAsInt());
  }

  private Set<Bytes> keysOf(Set<Holder> holders) {
    Set<Bytes> keys = new HashSet<>();
    for (Entry entry : entries) {
      if (holders.contains(entry.holder)) {
        keys.add(fingerprint(entry.parameters.masterSecret()));
      }
    }
    return keys;
  }

  private Bytes keyOf(EdhocSession session) {
    int octets = session.suite().applicationAead().keyOctets();
    try (SecretBytes secret = session.exporter(MASTER_SECRET, Bytes.empty(), octets)) {
      return fingerprint(secret);
    }
  }

  private Bytes fingerprint(SecretBytes secret) {
    return secret.use(octets -> crypto.hash(HashAlgorithm.SHA_256, Bytes.copyOf(octets)));
  }

  /** Erases the keys. */
  @Override
  public synchronized void close() {
    entries.forEach(entry -> entry.parameters.close());
    entries.clear();
  }

  private record Entry(Holder holder, ContextParameters parameters) {}
}
