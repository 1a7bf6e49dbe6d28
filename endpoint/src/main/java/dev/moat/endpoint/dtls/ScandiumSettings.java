package dev.moat.endpoint.dtls;

import dev.moat.endpoint.credentials.Credentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.ExtendedMasterSecretMode;
import org.eclipse.californium.scandium.dtls.SignatureAndHashAlgorithm;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite.CertificateKeyAlgorithm;

/** Our configuration in Scandium's terms. */
final class ScandiumSettings {
  private final dev.moat.endpoint.dtls.DtlsConfig config;
  private final Credentials credentials;
  private final ScandiumIdentity identity;
  private final ScandiumVerifier verifier;

  ScandiumSettings(dev.moat.endpoint.dtls.DtlsConfig config, ScandiumVerifier verifier) {
    this.config = config;
    this.credentials = config.credentials();
    this.identity = new ScandiumIdentity(credentials);
    this.verifier = verifier;
  }

  /**
   * A builder with everything but the listeners.
   *
   * @throws IllegalArgumentException when nobody could be associated with
   */
  DtlsConnectorConfig.Builder builder(ScandiumKeys keys) {
    List<CipherSuite> certified = usesCertificates() ? chosen(certificateSuites()) : List.of();
    List<CipherSuite> shared = usesPreSharedKeys() ? chosen(PRE_SHARED_SUITES) : List.of();
    List<CipherSuite> suites = new ArrayList<>(certified);
    suites.addAll(shared);
    if (suites.isEmpty()) {
      throw new IllegalArgumentException(
          "these credentials make no association possible as " + config.role());
    }
    DtlsConnectorConfig.Builder builder = DtlsConnectorConfig.builder(configuration());
    builder.setAddress(config.bind()).set(DtlsConfig.DTLS_CIPHER_SUITES, suites);
    if (!shared.isEmpty()) {
      builder.setAdvancedPskStore(keys);
    }
    if (!certified.isEmpty()) {
      addCertificates(builder);
    }
    return builder;
  }

  private void addCertificates(DtlsConnectorConfig.Builder builder) {
    builder
        .set(DtlsConfig.DTLS_SIGNATURE_AND_HASH_ALGORITHMS, SIGNATURES)
        .set(DtlsConfig.DTLS_CLIENT_AUTHENTICATION_MODE, clientAuthentication());
    if (trustsSomebody()) {
      builder.setAdvancedCertificateVerifier(verifier);
    }
    if (config.role().isServer() || identity.isPresent()) {
      builder.setCertificateIdentityProvider(identity);
    }
  }

  private List<CipherSuite> chosen(List<CipherSuite> possible) {
    List<CipherSuite> chosen = new ArrayList<>(possible);
    var unused =
        chosen.retainAll(config.handshakes().suites().stream().map(DtlsSuite::inScandium).toList());
    return chosen;
  }

  private boolean usesPreSharedKeys() {
    return (config.role().isClient() && credentials.preSharedKey().isPresent())
        || (config.role().isServer() && !credentials.acceptedKeys().isEmpty());
  }

  /** Servers are always authenticated; clients may be anonymous where that is allowed. */
  private boolean usesCertificates() {
    return (config.role().isClient() && trustsSomebody())
        || (config.role().isServer()
            && identity.isPresent()
            && (trustsSomebody() || credentials.anonymousClients()));
  }

  private boolean trustsSomebody() {
    return !credentials.trustAnchors().isEmpty() || !credentials.trustedRawKeys().isEmpty();
  }

  private CertificateAuthenticationMode clientAuthentication() {
    if (!credentials.anonymousClients()) {
      return CertificateAuthenticationMode.NEEDED;
    }
    return trustsSomebody()
        ? CertificateAuthenticationMode.WANTED
        : CertificateAuthenticationMode.NONE;
  }

  /** A server has one kind of key; a client takes either. */
  private List<CipherSuite> certificateSuites() {
    List<CipherSuite> suites = new ArrayList<>();
    boolean onlyClient = !config.role().isServer();
    if (onlyClient || identity.algorithm() == CertificateKeyAlgorithm.EC) {
      suites.addAll(ECDSA_SUITES);
    }
    if (onlyClient || identity.algorithm() == CertificateKeyAlgorithm.RSA) {
      suites.addAll(RSA_SUITES);
    }
    return suites;
  }

  private Configuration configuration() {
    Configuration settings = new Configuration(SystemConfig.DEFINITIONS, DtlsConfig.DEFINITIONS);
    // No threads and no sockets but the loop's.
    settings.set(SystemConfig.HEALTH_STATUS_INTERVAL, 0, TimeUnit.MILLISECONDS);
    settings.set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 0);
    settings.set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1);
    settings.set(DtlsConfig.DTLS_ROLE, role());
    // Sending begins no handshake; connecting does.
    settings.set(DtlsConfig.DTLS_DEFAULT_HANDSHAKE_MODE, DtlsEndpointContext.HANDSHAKE_MODE_NONE);
    settings.set(DtlsConfig.DTLS_MAX_DEFERRED_OUTBOUND_APPLICATION_MESSAGES, 1);
    settings.set(DtlsConfig.DTLS_RECOMMENDED_CIPHER_SUITES_ONLY, false);
    settings.set(DtlsConfig.DTLS_EXTENDED_MASTER_SECRET_MODE, ExtendedMasterSecretMode.REQUIRED);
    settings.set(DtlsConfig.DTLS_USE_SERVER_NAME_INDICATION, true);
    setHandshakes(settings);
    setRecords(settings);
    setLimits(settings);
    return settings;
  }

  @SuppressWarnings("deprecation") // the only way to ask a client for its cookie when it resumes
  private void setHandshakes(Configuration settings) {
    dev.moat.endpoint.dtls.DtlsConfig.Handshakes handshakes = config.handshakes();
    // RFC 6347, Section 4.2.1: everyone proves its address first, also to resume a session.
    settings.set(DtlsConfig.DTLS_USE_HELLO_VERIFY_REQUEST, true);
    settings.set(DtlsConfig.DTLS_VERIFY_PEERS_ON_RESUMPTION_THRESHOLD, 0);
    settings.set(DtlsConfig.DTLS_SERVER_USE_SESSION_ID, handshakes.resumption());
    int first = millis(handshakes.retransmission());
    settings.set(DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT, first, TimeUnit.MILLISECONDS);
    settings.set(
        DtlsConfig.DTLS_MAX_RETRANSMISSION_TIMEOUT,
        Math.max(first, MAX_RETRANSMISSION_MILLIS),
        TimeUnit.MILLISECONDS);
    settings.set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, handshakes.retransmissions());
  }

  private void setRecords(Configuration settings) {
    dev.moat.endpoint.dtls.DtlsConfig.Records records = config.records();
    settings.set(
        DtlsConfig.DTLS_CONNECTION_ID_LENGTH,
        records.connectionIdOctets() < 0 ? null : records.connectionIdOctets());
    settings.set(DtlsConfig.DTLS_UPDATE_ADDRESS_USING_CID_ON_NEWER_RECORDS, true);
    settings.set(DtlsConfig.DTLS_USE_ANTI_REPLAY_FILTER, true);
    settings.set(DtlsConfig.DTLS_USE_DISABLED_WINDOW_FOR_ANTI_REPLAY_FILTER, 0);
    settings.set(DtlsConfig.DTLS_USE_NEWER_RECORD_FILTER, records.replayWindow() == 0);
    settings.set(DtlsConfig.DTLS_MAX_TRANSMISSION_UNIT, null);
    settings.set(DtlsConfig.DTLS_MAX_TRANSMISSION_UNIT_LIMIT, null);
  }

  private void setLimits(Configuration settings) {
    dev.moat.endpoint.dtls.DtlsConfig.Limits limits = config.limits();
    settings.set(DtlsConfig.DTLS_MAX_CONNECTIONS, limits.associations());
    settings.set(
        DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD,
        Math.max(1, limits.stale().toSeconds()),
        TimeUnit.SECONDS);
    settings.set(DtlsConfig.DTLS_MAX_PENDING_INBOUND_JOBS, MAX_JOBS);
    settings.set(DtlsConfig.DTLS_MAX_PENDING_OUTBOUND_JOBS, MAX_JOBS);
  }

  private DtlsRole role() {
    return switch (config.role()) {
      case CLIENT -> DtlsRole.CLIENT_ONLY;
      case SERVER -> DtlsRole.SERVER_ONLY;
      case BOTH -> DtlsRole.BOTH;
    };
  }

  private static int millis(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
  }

  private static final int MAX_RETRANSMISSION_MILLIS = 60_000;
  private static final int MAX_JOBS = 50_000;

  private static final List<CipherSuite> ECDSA_SUITES =
      List.of(
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);

  private static final List<CipherSuite> RSA_SUITES =
      List.of(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256);

  private static final List<CipherSuite> PRE_SHARED_SUITES =
      List.of(
          CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256,
          CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256,
          CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
          CipherSuite.TLS_PSK_WITH_AES_128_CCM_8,
          CipherSuite.TLS_PSK_WITH_AES_128_CCM,
          CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256);

  private static final List<SignatureAndHashAlgorithm> SIGNATURES =
      List.of(
          SignatureAndHashAlgorithm.SHA256_WITH_ECDSA,
          SignatureAndHashAlgorithm.SHA384_WITH_ECDSA,
          SignatureAndHashAlgorithm.SHA256_WITH_RSA);
}
