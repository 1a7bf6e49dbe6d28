package dev.moat.endpoint.stream.tls;

import dev.moat.endpoint.credentials.KeyedCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the one certificate there is to whoever asks, also when its issuer is none of those that
 * the other end names: then that one can say what is wrong with it.
 */
final class ShownKey extends X509ExtendedKeyManager {
  private static final String ALIAS = "moat";

  private final KeyedCertificate shown;
  private final String algorithm;

  ShownKey(KeyedCertificate shown) {
    this.shown = shown;
    this.algorithm = shown.chain().get(0).getPublicKey().getAlgorithm();
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return Arrays.stream(keyTypes).anyMatch(this::fits) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return fits(keyType) ? ALIAS : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
    return ALIAS.equals(alias) ? shown.chain().toArray(X509Certificate[]::new) : null;
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
    return ALIAS.equals(alias) ? shown.key() : null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return fits(keyType) ? new String[] {ALIAS} : null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return fits(keyType) ? new String[] {ALIAS} : null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseEngineClientAlias(keyTypes, issuers, null);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  /** The names of key types differ a little between providers: EC or ECDSA, EdDSA or Ed25519. */
  private boolean fits(String keyType) {
    if (keyType.equalsIgnoreCase(algorithm)) {
      return true;
    }
    boolean edwards = algorithm.startsWith("Ed");
    boolean elliptic = algorithm.startsWith("EC");
    return edwards ? keyType.startsWith("Ed") : elliptic && keyType.startsWith("EC");
  }
}
