package dev.moat.edhoc.coap.server;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.coap.HandshakeException;
import dev.moat.edhoc.coap.HandshakeException.Reason;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The contexts that each identity has come to by EDHOC, a bounded number: whoever runs handshakes
 * without end replaces its own contexts, and nobody else's. An identity is remembered while it has
 * a context that is open.
 *
 * <p>A peer that has not shown yet that it has the keys of its context may be anyone: such contexts
 * replace each other only, until a request under one is verified.
 */
final class PeerContexts {
  /** How many contexts there may be whose peers have not shown anything yet. */
  private static final int MOST_UNCONFIRMED = 16;

  private final ContextTable table;
  private final int mostPerPeer;
  private final AtomicReference<Map<Bytes, List<SecurityContext>>> byIdentity =
      new AtomicReference<>(Map.of());
  private final AtomicReference<Map<Long, Unconfirmed>> unconfirmed =
      new AtomicReference<>(Map.of());

  PeerContexts(ContextTable table, int mostPerPeer) {
    this.table = table;
    this.mostPerPeer = mostPerPeer;
  }

  /**
   * Adds a context to the table; the oldest of the same identity goes, when there are too many, and
   * is closed.
   *
   * @return true when one was replaced
   * @throws HandshakeException ID_TAKEN; then {@code context} is closed
   */
  boolean add(Bytes identity, SecurityContext context) throws HandshakeException {
    insert(context);
    return giveUp(remember(identity, context));
  }

  /**
   * Adds a context whose peer has not shown yet that it has the keys; the oldest of this sort goes,
   * when there are too many, and is closed.
   *
   * @see #add
   */
  boolean addUnconfirmed(Bytes identity, SecurityContext context) throws HandshakeException {
    insert(context);
    while (true) {
      Map<Long, Unconfirmed> before = Objects.requireNonNull(unconfirmed.get());
      Map<Long, Unconfirmed> after = new LinkedHashMap<>(before);
      after.values().removeIf(waiting -> waiting.context.isClosed());
      Optional<SecurityContext> replaced =
          after.size() < MOST_UNCONFIRMED
              ? Optional.empty()
              : after.values().stream().findFirst().map(Unconfirmed::context);
      replaced.ifPresent(oldest -> after.remove(oldest.association()));
      after.put(context.association(), new Unconfirmed(identity, context));
      if (unconfirmed.compareAndSet(before, after)) {
        return giveUp(replaced);
      }
    }
  }

  /** A request under the context of {@code association} was verified: its peer has the keys. */
  void confirmed(long association) {
    Map<Long, Unconfirmed> before = Objects.requireNonNull(unconfirmed.get());
    while (before.containsKey(association)) {
      Unconfirmed waited = Objects.requireNonNull(before.get(association));
      Map<Long, Unconfirmed> after = new LinkedHashMap<>(before);
      after.remove(association);
      if (unconfirmed.compareAndSet(before, after)) {
        var unused = giveUp(remember(waited.identity, waited.context));
        return;
      }
      before = Objects.requireNonNull(unconfirmed.get());
    }
  }

  /** How many identities are remembered. */
  int identities() {
    return Objects.requireNonNull(byIdentity.get()).size();
  }

  private void insert(SecurityContext context) throws HandshakeException {
    try {
      table.add(context);
    } catch (IllegalArgumentException taken) {
      context.close();
      throw new HandshakeException(Reason.ID_TAKEN);
    }
  }

  private boolean giveUp(Optional<SecurityContext> context) {
    context.ifPresent(
        oldest -> {
          var unused = table.remove(oldest);
          oldest.close();
        });
    return context.isPresent();
  }

  private Optional<SecurityContext> remember(Bytes identity, SecurityContext context) {
    while (true) {
      Map<Bytes, List<SecurityContext>> before = Objects.requireNonNull(byIdentity.get());
      Map<Bytes, List<SecurityContext>> after = open(before);
      List<SecurityContext> own = new ArrayList<>(after.getOrDefault(identity, List.of()));
      own.add(context);
      Optional<SecurityContext> replaced =
          own.size() > mostPerPeer ? Optional.of(own.remove(0)) : Optional.empty();
      after.put(identity, List.copyOf(own));
      if (byIdentity.compareAndSet(before, after)) {
        return replaced;
      }
    }
  }

  private static Map<Bytes, List<SecurityContext>> open(Map<Bytes, List<SecurityContext>> all) {
    Map<Bytes, List<SecurityContext>> open = new HashMap<>();
    all.forEach(
        (identity, contexts) -> {
          List<SecurityContext> left =
              contexts.stream().filter(context -> !context.isClosed()).toList();
          if (!left.isEmpty()) {
            open.put(identity, left);
          }
        });
    return open;
  }

  private record Unconfirmed(Bytes identity, SecurityContext context) {}
}
