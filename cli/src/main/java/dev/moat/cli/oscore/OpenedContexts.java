package dev.moat.cli.oscore;

import dev.moat.cli.console.Failure;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SenderSequence;
import dev.moat.oscore.store.StoreException;
import dev.moat.oscore.store.StoredContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Security contexts ready for use, with durable sequence numbers. Closing erases their keys and
 * gives their state free for other processes.
 */
public final class OpenedContexts implements AutoCloseable {
  private final List<SecurityContext> contexts = new ArrayList<>();
  private final List<ContextParameters> deriving = new ArrayList<>();
  private final Queue<SecurityContext> made = new ConcurrentLinkedQueue<>();
  private final List<StateKeeper> keepers = new ArrayList<>();
  private final Map<Path, StateKeeper> shared = new HashMap<>();

  OpenedContexts() {}

  /** The contexts that are there already, in the order of the configuration. */
  public List<SecurityContext> all() {
    return List.copyOf(contexts);
  }

  /**
   * What contexts are to be derived from when they are needed (RFC 8613, Appendix B.2). Stay this
   * object's to close, after whoever derives has ended.
   */
  public List<ContextParameters> deriving() {
    return List.copyOf(deriving);
  }

  /** How many peers there are. */
  int size() {
    return contexts.size() + deriving.size();
  }

  /** What protects a client's requests; empty when nothing was asked for. */
  public Optional<Protection> protection() {
    if (!contexts.isEmpty()) {
      return Optional.of(new Protection.Known(contexts.get(0)));
    }
    return deriving.stream().findFirst().map(parameters -> Protection.derived(parameters, made));
  }

  /** Has contexts of {@code conf} derived when they are needed; no state is kept for them. */
  void addDeriving(OscoreConf conf) {
    deriving.addAll(conf.parameters());
  }

  /**
   * Opens the contexts of {@code conf} in addition.
   *
   * @throws Failure when the state cannot be had: nothing is sent without it
   */
  void add(OscoreConf conf, KeeperSource source) {
    Crypto crypto = JdkCrypto.create();
    try {
      StateKeeper keeper = source.open();
      keepers.add(keeper);
      for (ContextParameters parameters : conf.parameters()) {
        try (parameters) {
          contexts.add(context(conf, parameters, keeper.open(parameters, crypto), crypto));
        }
      }
    } catch (StoreException e) {
      close();
      throw unusable(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The same, with a state file that several configurations share. */
  void addShared(Path state, OscoreConf conf) {
    add(
        conf,
        () -> {
          StateKeeper known = shared.get(state);
          if (known == null) {
            known = StateKeeper.database(state);
            shared.put(state, known);
          }
          return known;
        });
  }

  private static SecurityContext context(
      OscoreConf conf, ContextParameters parameters, StoredContext stored, Crypto crypto) {
    int block = conf.reservation().orElse(SenderSequence.DEFAULT_BLOCK);
    SenderSequence sequence = new SenderSequence(stored.reservations(), block);
    return SecurityContext.derive(parameters, crypto, sequence, stored.provenance());
  }

  private static Failure unusable(StoreException e) {
    String advice =
        switch (e.reason()) {
          case LOCKED -> "End the other process first: two that use one context repeat nonces.";
          case CORRUPT, FENCED, FOREIGN ->
              "Do not begin anew with the same keys: numbers that were used would come again. Make a"
                  + " new security context, with another Master Secret, on both sides.";
          case EXPOSED -> "Make the file readable for its owner only: chmod 600.";
          case READ_ONLY, FULL, IO -> "Sequence numbers must be recorded before they are used.";
        };
    return new Failure(
        "the state of the security context is unusable: " + e.getMessage(), advice, e);
  }

  @Override
  public void close() {
    contexts.forEach(SecurityContext::close);
    made.forEach(SecurityContext::close);
    deriving.forEach(ContextParameters::close);
    keepers.forEach(StateKeeper::close);
  }

  /** Opens a keeper when it is needed. */
  interface KeeperSource {
    /** A keeper; its new owner closes it. */
    StateKeeper open() throws StoreException;
  }
}
