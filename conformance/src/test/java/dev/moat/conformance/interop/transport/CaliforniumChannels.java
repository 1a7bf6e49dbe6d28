package dev.moat.conformance.interop.transport;

import dev.moat.conformance.interop.Californium;
import dev.moat.conformance.interop.InteropClient;
import dev.moat.conformance.interop.InteropServer;
import dev.moat.conformance.interop.Store;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.TcpConfig;
import org.eclipse.californium.elements.util.SslContextUtil;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedMultiPskStore;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;

/** Californium with Scandium, and with its connectors for TCP and TLS, in this JVM. */
final class CaliforniumChannels {
  private static final int CONNECTION_ID_OCTETS = 6;

  private CaliforniumChannels() {}

  static InteropServer serve(Channel channel, Store store) throws Exception {
    return new Californium.Server(store, endpoint(connector(channel, true)));
  }

  static InteropClient open(Channel channel, int port) throws Exception {
    return new Californium.Client(endpoint(connector(channel, false)), channel.base(port));
  }

  private static CoapEndpoint endpoint(Connector connector) {
    return CoapEndpoint.builder().setConfiguration(configuration()).setConnector(connector).build();
  }

  private static Configuration configuration() {
    Configuration configuration = Californium.configuration();
    TcpConfig.DEFINITIONS.applyDefinitions(configuration);
    DtlsConfig.DEFINITIONS.applyDefinitions(configuration);
    return configuration
        .set(TcpConfig.TCP_WORKER_THREADS, 1)
        .set(TcpConfig.TLS_HANDSHAKE_TIMEOUT, 10, TimeUnit.SECONDS)
        .set(TcpConfig.TLS_CLIENT_AUTHENTICATION_MODE, CertificateAuthenticationMode.NEEDED)
        .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
        .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1);
  }

  private static Connector connector(Channel channel, boolean server) throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Configuration configuration = configuration();
    return switch (channel) {
      case TCP ->
          server
              ? new CsmConnectors.TcpServer(any, configuration)
              : new CsmConnectors.TcpClient(configuration);
      case TLS ->
          server
              ? new CsmConnectors.TlsServer(tls(Keys.SERVER), any, configuration)
              : new CsmConnectors.TlsClient(tls(Keys.CLIENT), configuration);
      default -> new DTLSConnector(dtls(channel, server, any));
    };
  }

  /** Its connectors ask for no protocol by themselves (RFC 8323, Section 8.2). */
  private static SSLContext tls(Person person) throws GeneralSecurityException {
    return AlpnContext.of(
        SslContextUtil.createSSLContext(
            person.certificate().getSubjectX500Principal().getName(),
            person.key(),
            person.chain(),
            new java.security.cert.Certificate[] {Keys.AUTHORITY.certificate()}));
  }

  private static DtlsConnectorConfig dtls(
      Channel channel, boolean server, InetSocketAddress address) {
    DtlsConnectorConfig.Builder builder =
        DtlsConnectorConfig.builder(configuration())
            .setAddress(address)
            .set(DtlsConfig.DTLS_ROLE, server ? DtlsRole.SERVER_ONLY : DtlsRole.CLIENT_ONLY);
    Person own = server ? Keys.SERVER : Keys.CLIENT;
    Person other = server ? Keys.CLIENT : Keys.SERVER;
    switch (channel) {
      case DTLS_PSK -> sharedKey(builder, server);
      case DTLS_RPK -> {
        builder.setCertificateIdentityProvider(
            new SingleCertificateProvider(own.key(), own.keys().getPublic()));
        builder.setAdvancedCertificateVerifier(
            StaticNewAdvancedCertificateVerifier.builder()
                .setTrustedRPKs(new RawPublicKeyIdentity(other.keys().getPublic()))
                .build());
      }
      default -> certificates(builder, own);
    }
    if (channel == Channel.DTLS_CID) {
      builder.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, server ? CONNECTION_ID_OCTETS : 0);
    }
    return builder.build();
  }

  private static void sharedKey(DtlsConnectorConfig.Builder builder, boolean server) {
    if (server) {
      AdvancedMultiPskStore keys = new AdvancedMultiPskStore();
      keys.setKey(Keys.IDENTITY, Keys.sharedKey());
      builder.setAdvancedPskStore(keys);
    } else {
      builder.setAdvancedPskStore(new AdvancedSinglePskStore(Keys.IDENTITY, Keys.sharedKey()));
    }
  }

  private static void certificates(DtlsConnectorConfig.Builder builder, Person own) {
    builder.setCertificateIdentityProvider(
        new SingleCertificateProvider(own.key(), own.chain(), List.of(CertificateType.X_509)));
    builder.setAdvancedCertificateVerifier(
        StaticNewAdvancedCertificateVerifier.builder()
            .setTrustedCertificates(Keys.AUTHORITY.certificate())
            .build());
  }
}
