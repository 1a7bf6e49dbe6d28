package dev.moat.edhoc.coap.server;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.coap.HandshakeException;
import dev.moat.edhoc.coap.HandshakeException.Reason;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The contexts that each identity has come to by EDHOC, a bounded number: whoever runs handshakes
 * without end replaces its own contexts, and nobody else's. As many identities as this server
 * trusts.
 */
final class PeerContexts {
  private final ContextTable table;
  private final int mostPerPeer;
  private final AtomicReference<Map<Bytes, List<SecurityContext>>> byIdentity =
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
    try {
      table.add(context);
    } catch (IllegalArgumentException taken) {
      context.close();
      throw new HandshakeException(Reason.ID_TAKEN);
    }
    Optional<SecurityContext> replaced = remember(identity, context);
    replaced.ifPresent(this::giveUp);
    return replaced.isPresent();
  }

  private void giveUp(SecurityContext context) {
    var unused = table.remove(context);
    context.close();
  }

  private Optional<SecurityContext> remember(Bytes identity, SecurityContext context) {
    while (true) {
      Map<Bytes, List<SecurityContext>> before = Objects.requireNonNull(byIdentity.get());
      List<SecurityContext> own = new ArrayList<>(before.getOrDefault(identity, List.of()));
      own.removeIf(SecurityContext::isClosed);
      own.add(context);
      Optional<SecurityContext> replaced =
          own.size() > mostPerPeer ? Optional.of(own.remove(0)) : Optional.empty();
      Map<Bytes, List<SecurityContext>> after = new HashMap<>(before);
      after.put(identity, List.copyOf(own));
      if (byIdentity.compareAndSet(before, after)) {
        return replaced;
      }
    }
  }
}
