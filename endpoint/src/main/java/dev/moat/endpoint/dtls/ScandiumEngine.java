package dev.moat.endpoint.dtls;

import dev.moat.bytes.Bytes;
import dev.moat.coap.uri.IpText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.util.StringUtil;
import org.eclipse.californium.scandium.ConnectionListener;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.ClientHandshaker;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.DTLSContext;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.InMemoryReadWriteLockConnectionStore;
import org.eclipse.californium.scandium.dtls.SessionAdapter;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.jspecify.annotations.Nullable;

/**
 * DTLS 1.2 by Californium's Scandium, without its threads and sockets.
 *
 * <p>Scandium runs what belongs to a connection as tasks and says before and after each which one
 * it is. From that comes the one thing that matters here: which context a record was verified in,
 * and which context a message leaves in, is compared by the identity of objects, in the same task.
 */
final class ScandiumEngine implements DtlsEngine {
  private final LoopTasks tasks;
  private final Listener listener;
  private final boolean resumption;
  private final ScandiumConnector connector;
  private final InMemoryReadWriteLockConnectionStore store;
  private final IdentityHashMap<Connection, ScandiumSession> sessions = new IdentityHashMap<>();
  private final Map<InetSocketAddress, String> hosts = new HashMap<>();
  private final ScandiumRefusals refusals;
  private final ScandiumHalfOpen halfOpen;

  /** The connection whose task is running. */
  private @Nullable Connection current;

  /**
   * An engine that waits for {@link #start}.
   *
   * @throws IllegalArgumentException when nobody could be associated with by these credentials
   */
  ScandiumEngine(DtlsConfig config, LoopTasks tasks, Listener listener) {
    this.tasks = tasks;
    this.listener = listener;
    this.resumption = config.handshakes().resumption();
    this.refusals = new ScandiumRefusals(this::refused);
    this.halfOpen = new ScandiumHalfOpen(config.handshakes().timeout(), tasks);
    ScandiumVerifier verifier =
        new ScandiumVerifier(config.credentials(), peer -> hosts.getOrDefault(peer, ""));
    ScandiumKeys keys =
        new ScandiumKeys(
            config.credentials(),
            this::isClientsTask,
            identity -> refusals.onUnknownIdentity(current, identity));
    DtlsConnectorConfig.Builder builder = new ScandiumSettings(config, verifier).builder(keys);
    ResumableSessions resumable =
        config.role().isServer() ? new ResumableSessions(config.limits().associations()) : null;
    builder
        .setConnectionListener(new Connections())
        .setSessionListener(new Handshakes())
        .setSessionStore(resumable);
    this.store =
        new InMemoryReadWriteLockConnectionStore(
            config.limits().associations(),
            Math.max(1, config.limits().stale().toSeconds()),
            resumable,
            false);
    this.connector =
        new ScandiumConnector(
            builder.build(),
            store,
            config.records().mtuOctets(),
            client -> refused(client, false, HandshakeWords.tooMany()));
    connector.setExecutor(tasks);
    connector.setRawDataReceiver(this::onData);
    connector.setEndpointContextMatcher(new ScandiumMatcher(this::isCurrent));
  }

  @Override
  public void start() {
    try {
      connector.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void onDatagram(InetSocketAddress from, Bytes datagram) {
    byte[] octets = datagram.toArray();
    connector.processDatagram(new DatagramPacket(octets, octets.length, from));
  }

  @Override
  public void handshake(InetSocketAddress to, String host) {
    hosts.put(to, host);
    boolean isAddress = IpText.parse(host).isPresent();
    boolean isName = !isAddress && StringUtil.isValidHostName(host);
    // A session is resumed for the name that it was made for; what cannot be named starts anew.
    String mode =
        resumption && (isAddress || isName)
            ? DtlsEndpointContext.HANDSHAKE_MODE_FORCE
            : DtlsEndpointContext.HANDSHAKE_MODE_FORCE_FULL;
    MapBasedEndpointContext.Attributes attributes =
        new MapBasedEndpointContext.Attributes().add(DtlsEndpointContext.KEY_HANDSHAKE_MODE, mode);
    RawData knock =
        RawData.outbound(
            new byte[0],
            new MapBasedEndpointContext(to, isName ? host : null, null, attributes),
            null,
            false);
    try {
      connector.send(knock);
    } catch (IllegalStateException full) {
      refused(to, true, HandshakeWords.tooMany());
    }
  }

  @Override
  public void abandon(InetSocketAddress to) {
    Connection connection = store.get(to);
    Handshaker handshaker = connection == null ? null : connection.getOngoingHandshake();
    if (connection != null && handshaker instanceof ClientHandshaker) {
      connection
          .getExecutor()
          .execute(() -> handshaker.handshakeFailed(ScandiumRefusals.silence()));
    } else {
      refused(to, true, new HandshakeWords(true, Optional.empty()).silence(false));
    }
  }

  @Override
  public void abandon(Session session) {
    end((ScandiumSession) session);
  }

  @Override
  public void send(Session session, Bytes data) {
    ScandiumSession known = (ScandiumSession) session;
    InetSocketAddress address = known.connection().getPeerAddress();
    if (address == null || !known.isOpen()) {
      tasks.execute(() -> listener.onUnsent(session, data));
      return;
    }
    connector.send(
        RawData.outbound(
            data.toArray(),
            new ScandiumMatcher.InSession(address, known),
            new ScandiumMatcher.OnError(
                () -> tasks.execute(() -> listener.onUnsent(session, data))),
            false));
  }

  @Override
  public void close(Session session) {
    ScandiumSession known = (ScandiumSession) session;
    InetSocketAddress address = known.connection().getPeerAddress();
    if (address != null
        && known.isOpen()
        && ScandiumSession.same(store.get(address), known.connection())) {
      connector.close(address);
    }
    tasks.execute(() -> end(known));
  }

  @Override
  public void restoreAddress(Session session, InetSocketAddress address) {
    ScandiumSession known = (ScandiumSession) session;
    if (known.isOpen()
        && known.connection().getPeerAddress() == null
        && store.get(address) == null) {
      boolean unused = store.update(known.connection(), address);
    }
  }

  @Override
  public void drainTo(Outgoing out) {
    for (DatagramPacket next = connector.poll(); next != null; next = connector.poll()) {
      out.send((InetSocketAddress) next.getSocketAddress(), next.getData());
    }
  }

  @Override
  public void stop() {
    store.forEach(connection -> SecretUtil.destroy(connection.getDtlsContext()));
    connector.destroy();
    sessions.clear();
  }

  /** True while a task of the connection of {@code session} runs, and the session is open. */
  private boolean isCurrent(ScandiumSession session) {
    return ScandiumSession.same(session.connection(), current) && session.isOpen();
  }

  private boolean isClientsTask() {
    return current != null && current.getOngoingHandshake() instanceof ClientHandshaker;
  }

  private void onData(RawData data) {
    ScandiumSession session = current == null ? null : sessions.get(current);
    if (session != null && session.isOpen()) {
      Bytes octets = Bytes.owned(data.getBytes());
      tasks.execute(() -> listener.onReceived(session, octets));
    }
  }

  private void refused(InetSocketAddress peer, boolean initiated, String sentence) {
    if (initiated) {
      hosts.remove(peer);
    }
    tasks.execute(() -> listener.onRefused(peer, initiated, sentence));
  }

  /** Nothing of this session comes or goes any more; the listener hears of it once. */
  private void end(ScandiumSession session) {
    if (session.hasEnded()) {
      return;
    }
    session.ended();
    if (sessions.get(session.connection()) == session) {
      sessions.remove(session.connection());
    }
    tasks.execute(() -> listener.onEnded(session));
    if (!session.isAllOfIt()) {
      return; // the connection is in use by another handshake, or gone
    }
    if (session.initiated() && resumption) {
      session.connection().setResumptionRequired(true);
    } else {
      tasks.execute(() -> discard(session));
    }
  }

  private void discard(ScandiumSession session) {
    if (session.isAllOfIt() && !store.remove(session.connection(), false)) {
      SecretUtil.destroy(session.connection().getDtlsContext()); // it was evicted
    }
  }

  /** Follows handshakes. */
  private final class Handshakes extends SessionAdapter {
    @Override
    public void handshakeStarted(Handshaker handshaker) {
      halfOpen.begun(handshaker);
    }

    @Override
    public void contextEstablished(Handshaker handshaker, DTLSContext context) {
      halfOpen.over(handshaker);
      Connection connection = handshaker.getConnection();
      boolean initiated = handshaker instanceof ClientHandshaker;
      InetSocketAddress address = handshaker.getPeerAddress();
      ScandiumSession before = sessions.get(connection);
      if (before != null) {
        end(before);
      }
      ScandiumSession session = new ScandiumSession(connection, context, initiated, address);
      sessions.put(connection, session);
      refusals.forget(connection);
      if (initiated) {
        hosts.remove(address);
      }
      tasks.execute(() -> listener.onEstablished(session));
    }

    @Override
    public void handshakeFailed(Handshaker handshaker, Throwable error) {
      halfOpen.over(handshaker);
      ScandiumSession session = sessions.get(handshaker.getConnection());
      if (session != null && session.isOf(handshaker.getDtlsContext())) {
        end(session);
      } else if (!handshaker.hasContextEstablished()) { // else it came to something
        refusals.onFailure(handshaker, error);
      }
    }
  }

  /** Knows the connection that is being worked on, and sees when its session is over. */
  private final class Connections implements ConnectionListener {
    @Override
    public void beforeExecution(Connection connection) {
      current = connection;
    }

    @Override
    public void afterExecution(Connection connection) {
      current = null;
      ScandiumSession session = sessions.get(connection);
      if (session != null && !session.isOpen()) {
        end(session);
      }
    }

    @Override
    public void onConnectionRemoved(Connection connection) {
      refusals.forget(connection);
      ScandiumSession session = sessions.get(connection);
      if (session != null) {
        end(session);
      }
    }

    @Override
    public boolean onConnectionMacError(Connection connection) {
      refusals.onMacError(connection);
      return false;
    }

    @Override
    public boolean onConnectionUpdatesSequenceNumbers(Connection connection, boolean written) {
      return false;
    }

    @Override
    public void onConnectionEstablished(Connection connection) {}

    @Override
    public void updateExecution(Connection connection) {}
  }
}
