package dev.moat.endpoint.dtls;

import dev.moat.endpoint.credentials.CertificateCheck;
import dev.moat.endpoint.credentials.CertificateCheck.Reason;
import dev.moat.endpoint.credentials.CertificateCheck.Refusal;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.HandshakeFailure;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.security.cert.CertPath;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertDescription;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertLevel;
import org.eclipse.californium.scandium.dtls.CertificateMessage;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.CertificateVerificationResult;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.x509.NewAdvancedCertificateVerifier;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/** Whom we take, by certificate or raw public key; what is refused carries its sentence along. */
final class ScandiumVerifier implements NewAdvancedCertificateVerifier {
  private final Credentials credentials;
  private final CertificateCheck check;
  private final Function<InetSocketAddress, String> hostAt;

  /**
   * A verifier of those that {@code credentials} trust.
   *
   * @param hostAt what the peer of a handshake that began here has to be
   */
  ScandiumVerifier(Credentials credentials, Function<InetSocketAddress, String> hostAt) {
    this.credentials = credentials;
    this.check = new CertificateCheck(credentials.trustAnchors());
    this.hostAt = hostAt;
  }

  @Override
  public List<CertificateType> getSupportedCertificateTypes() {
    List<CertificateType> types = new ArrayList<>();
    if (!credentials.trustedRawKeys().isEmpty()) {
      types.add(CertificateType.RAW_PUBLIC_KEY);
    }
    if (!credentials.trustAnchors().isEmpty()) {
      types.add(CertificateType.X_509);
    }
    return types;
  }

  @Override
  public CertificateVerificationResult verifyCertificate(
      ConnectionId connection,
      @Nullable ServerNames serverNames,
      InetSocketAddress peer,
      boolean isOfClient,
      boolean verifySubject,
      boolean truncatePath,
      CertificateMessage message) {
    CertPath path = message.getCertificateChain();
    return path == null
        ? verifyRawKey(connection, isOfClient, message.getPublicKey())
        : verifyPath(connection, isOfClient, peer, path);
  }

  @Override
  public List<X500Principal> getAcceptedIssuers() {
    return credentials.trustAnchors().stream()
        .map(X509Certificate::getSubjectX500Principal)
        .toList();
  }

  @Override
  public void setResultHandler(HandshakeResultHandler handler) {}

  private CertificateVerificationResult verifyRawKey(
      ConnectionId connection, boolean isOfClient, @Nullable PublicKey key) {
    if (key != null && credentials.trustedRawKeys().contains(key)) {
      return new CertificateVerificationResult(connection, key, null);
    }
    String whose = isOfClient ? "the client's" : "the server's";
    return refused(
        connection,
        AlertDescription.CERTIFICATE_UNKNOWN,
        whose + " raw public key is none that is trusted here");
  }

  private CertificateVerificationResult verifyPath(
      ConnectionId connection, boolean isOfClient, InetSocketAddress peer, CertPath path) {
    List<X509Certificate> chain =
        path.getCertificates().stream().map(X509Certificate.class::cast).toList();
    Instant now = Instant.now();
    Optional<Refusal> refusal =
        isOfClient
            ? check.refusalOfClient(chain, now)
            : check.refusalOfServer(chain, hostAt.apply(peer), now);
    return refusal
        .map(why -> refused(connection, alert(why.reason()), why.sentence()))
        .orElseGet(() -> new CertificateVerificationResult(connection, path, null));
  }

  private static AlertDescription alert(Reason reason) {
    return switch (reason) {
      case OUT_OF_DATE -> AlertDescription.CERTIFICATE_EXPIRED;
      case UNTRUSTED -> AlertDescription.UNKNOWN_CA;
      case UNFIT -> AlertDescription.BAD_CERTIFICATE;
    };
  }

  private static CertificateVerificationResult refused(
      ConnectionId connection, AlertDescription alert, String sentence) {
    HandshakeException refusal =
        new HandshakeException(
            sentence, new AlertMessage(AlertLevel.FATAL, alert), new HandshakeFailure(sentence));
    return new CertificateVerificationResult(connection, refusal, null);
  }
}
