package dev.moat.endpoint.stream.tls;

import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.KeyedCertificate;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/** Turns credentials into what Netty makes TLS engines of. */
public final class TlsContexts {
  private static final String VERSION = "TLSv1.3";
  private static final int SESSIONS = 4096;
  private static final Set<String> NATIVE_SUITES =
      Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
  private static final String NO_OTHER_KEYS =
      "the JDK's TLS 1.3 has no raw public keys and no pre-shared keys (DTLS has both): ";

  private TlsContexts() {}

  /** Why a server cannot do TLS with these credentials, for people; empty when it can. */
  public static Optional<String> serverLacks(Optional<Credentials> credentials) {
    if (credentials.isEmpty()) {
      return Optional.of("TLS needs credentials: a certificate, and trust anchors for clients");
    }
    Credentials held = credentials.get();
    if (held.certificate().isEmpty()) {
      return Optional.of(reason(held) + "a TLS server needs a certificate");
    }
    boolean closed = held.trustAnchors().isEmpty() && !held.anonymousClients();
    return closed
        ? Optional.of(
            reason(held)
                + "a TLS server needs trust anchors for its clients, or allows anonymous clients")
        : Optional.empty();
  }

  /** Why a client cannot do TLS with these credentials, for people; empty when it can. */
  public static Optional<String> clientLacks(Optional<Credentials> credentials) {
    if (credentials.isEmpty()) {
      return Optional.of("TLS needs credentials: trust anchors for servers");
    }
    Credentials held = credentials.get();
    return held.trustAnchors().isEmpty()
        ? Optional.of(reason(held) + "a TLS client needs trust anchors for servers")
        : Optional.empty();
  }

  /**
   * For a server of {@code protocol}, an ALPN identifier. It demands certificates of clients when
   * there are trust anchors, unless anonymous clients are allowed.
   *
   * <p>Always by the JDK's engine: the native one cannot refuse a client whose ALPN fits nothing,
   * but goes on without ALPN, and on some ports that counts as CoAP.
   */
  public static SslContext server(Credentials held, TlsTerms terms, String protocol) {
    KeyedCertificate shown = held.certificate().orElseThrow();
    SslContextBuilder builder =
        SslContextBuilder.forServer(new ShownKey(shown)).clientAuth(clientAuth(held));
    return build(builder, SslProvider.JDK, held, terms, protocol);
  }

  /**
   * For a client of {@code protocol}, an ALPN identifier: by the native engine when it is there and
   * uses the suites that are asked for, else by the JDK's.
   */
  public static SslContext client(Credentials held, TlsTerms terms, String protocol) {
    // The JDK's own check of the host would take a common name and wildcards: AnchoredTrust has it.
    SslContextBuilder builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm(null);
    held.certificate().ifPresent(shown -> builder.keyManager(new ShownKey(shown)));
    return build(builder, clientEngine(terms), held, terms, protocol);
  }

  private static SslContext build(
      SslContextBuilder builder,
      SslProvider engine,
      Credentials held,
      TlsTerms terms,
      String protocol) {
    try {
      return builder
          .sslProvider(engine)
          .protocols(VERSION)
          .ciphers(terms.cipherSuites())
          .trustManager(trust(held))
          .applicationProtocolConfig(alpn(protocol, engine))
          .sessionTimeout(terms.sessionLifetime().toSeconds())
          .sessionCacheSize(SESSIONS)
          .build();
    } catch (GeneralSecurityException | SSLException unusable) {
      throw new IllegalArgumentException("TLS cannot use these credentials", unusable);
    }
  }

  private static TrustManager trust(Credentials held) throws GeneralSecurityException {
    return held.trustAnchors().isEmpty() ? new NoTrust() : new AnchoredTrust(held.trustAnchors());
  }

  /** Only the JDK's engine refuses by an alert; the native one goes on without ALPN. */
  private static ApplicationProtocolConfig alpn(String protocol, SslProvider engine) {
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        engine == SslProvider.JDK
            ? SelectorFailureBehavior.FATAL_ALERT
            : SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        protocol);
  }

  /** BoringSSL has these suites in its own order, and cannot be told otherwise. */
  private static SslProvider clientEngine(TlsTerms terms) {
    boolean fixed = Set.copyOf(terms.cipherSuites()).equals(NATIVE_SUITES);
    boolean usable = OpenSsl.isAvailable() && SslProvider.isTlsv13Supported(SslProvider.OPENSSL);
    return fixed && usable ? SslProvider.OPENSSL : SslProvider.JDK;
  }

  private static ClientAuth clientAuth(Credentials held) {
    if (held.trustAnchors().isEmpty()) {
      return ClientAuth.NONE;
    }
    return held.anonymousClients() ? ClientAuth.OPTIONAL : ClientAuth.REQUIRE;
  }

  private static String reason(Credentials held) {
    boolean other =
        held.rawKey().isPresent()
            || held.preSharedKey().isPresent()
            || !held.acceptedKeys().isEmpty()
            || !held.trustedRawKeys().isEmpty();
    return other ? NO_OTHER_KEYS : "";
  }
}
