package dev.moat.endpoint.dtls;

import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.PreSharedKey;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/** The pre-shared keys of both roles. A key is copied for one handshake, which erases the copy. */
final class ScandiumKeys implements AdvancedPskStore {
  private final Credentials credentials;
  private final Supplier<Boolean> asClient;
  private final Consumer<String> unknown;

  /**
   * The keys of {@code credentials}.
   *
   * @param asClient tells whether the handshake being processed was begun here
   * @param unknown hears of identities of clients that nobody here has
   */
  ScandiumKeys(Credentials credentials, Supplier<Boolean> asClient, Consumer<String> unknown) {
    this.credentials = credentials;
    this.asClient = asClient;
    this.unknown = unknown;
  }

  @Override
  public boolean hasEcdhePskSupported() {
    return true;
  }

  @Override
  public PskSecretResult requestPskSecretResult(
      ConnectionId connection,
      @Nullable ServerNames serverNames,
      PskPublicInformation identity,
      String hmac,
      @Nullable SecretKey otherSecret,
      byte[] seed,
      boolean extendedMasterSecret) {
    Optional<SecretKey> key =
        find(identity).map(found -> found.key().use(k -> SecretUtil.create(k, "PSK")));
    if (key.isEmpty()) {
      unknown.accept(identity.getPublicInfoAsString());
    }
    return new PskSecretResult(connection, identity, key.orElse(null));
  }

  /** Only identities that are what they look like: UTF-8, octet by octet. */
  private Optional<PreSharedKey> find(PskPublicInformation identity) {
    if (!identity.isCompliantEncoding()) {
      return Optional.empty();
    }
    String name = identity.getPublicInfoAsString();
    return asClient.get()
        ? credentials.preSharedKey().filter(key -> key.identity().equals(name))
        : Optional.ofNullable(credentials.acceptedKeys().get(name));
  }

  @Override
  public @Nullable PskPublicInformation getIdentity(
      InetSocketAddress peer, @Nullable ServerNames serverNames) {
    return credentials
        .preSharedKey()
        .map(key -> new PskPublicInformation(key.identity()))
        .orElse(null);
  }

  @Override
  public void setResultHandler(HandshakeResultHandler handler) {}
}
