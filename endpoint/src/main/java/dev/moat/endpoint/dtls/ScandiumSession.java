package dev.moat.endpoint.dtls;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.endpoint.credentials.CertificateCheck;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.eclipse.californium.elements.auth.X509CertPath;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.DTLSContext;
import org.jspecify.annotations.Nullable;

/** The context that one handshake left in a connection, for as long as it is the one in use. */
final class ScandiumSession implements Session {
  private final Connection connection;
  private final DTLSContext context;
  private final boolean initiated;
  private final PeerIdentity identity;
  private final @Nullable X509Certificate certificate;
  private InetSocketAddress lastAddress;
  private boolean ended;

  ScandiumSession(
      Connection connection, DTLSContext context, boolean initiated, InetSocketAddress address) {
    this.connection = connection;
    this.context = context;
    this.initiated = initiated;
    this.lastAddress = address;
    Principal principal = context.getSession().getPeerIdentity();
    this.certificate = principal instanceof X509CertPath path ? path.getTarget() : null;
    this.identity = identityOf(principal, certificate);
  }

  Connection connection() {
    return connection;
  }

  /** True while records of this context, and of no other, come and go. */
  boolean isOpen() {
    return !ended
        && connection.isExecuting()
        && same(connection.getEstablishedDtlsContext(), context)
        && !context.isMarkedAsClosed()
        && !connection.isResumptionRequired();
  }

  boolean hasEnded() {
    return ended;
  }

  void ended() {
    ended = true;
  }

  /** True when the connection has nothing but this context. */
  boolean isAllOfIt() {
    return same(connection.getEstablishedDtlsContext(), context)
        && !connection.hasOngoingHandshake();
  }

  boolean isOf(DTLSContext other) {
    return same(context, other);
  }

  @Override
  public InetSocketAddress address() {
    InetSocketAddress now = connection.getPeerAddress();
    if (now != null) {
      lastAddress = now;
    }
    return lastAddress;
  }

  @Override
  public PeerIdentity identity() {
    return identity;
  }

  @Override
  public boolean initiated() {
    return initiated;
  }

  @Override
  public boolean vouchesFor(String host) {
    if (identity instanceof PeerIdentity.Anonymous) {
      return false;
    }
    return certificate == null || CertificateCheck.isFor(certificate, host);
  }

  /** Identity on purpose: what Scandium's connections and contexts hold changes all the time. */
  static boolean same(@Nullable Object one, @Nullable Object other) {
    return one == other;
  }

  private static PeerIdentity identityOf(
      @Nullable Principal principal, @Nullable X509Certificate certificate) {
    if (principal instanceof PreSharedKeyIdentity key) {
      return new PeerIdentity.PreSharedKey(key.getIdentity());
    }
    if (principal instanceof RawPublicKeyIdentity key) {
      return new PeerIdentity.RawPublicKey(Bytes.copyOf(key.getSubjectInfo()));
    }
    if (certificate != null) {
      return new PeerIdentity.Certificate(
          certificate.getSubjectX500Principal().getName(), encoded(certificate));
    }
    return new PeerIdentity.Anonymous();
  }

  private static Bytes encoded(X509Certificate certificate) {
    try {
      return Bytes.owned(certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("a certificate that was decoded", impossible);
    }
  }
}
