package dev.moat.endpoint.stream.tls;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.PeerIdentity;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Stands behind TLS and lets a connection through when its handshake is done, ALPN is as demanded,
 * and the other end's certificate still holds: a resumed session was judged when it was made.
 */
public final class TlsGate extends ChannelInboundHandlerAdapter {
  private final Rules rules;
  private final Consumer<PeerIdentity> proved;
  private final Consumer<String> refuse;
  private boolean through;

  /** Tells {@code proved} who it is and passes "active" on, or tells {@code refuse} why not. */
  public TlsGate(Rules rules, Consumer<PeerIdentity> proved, Consumer<String> refuse) {
    this.rules = rules;
    this.proved = proved;
    this.refuse = refuse;
  }

  /** Not before the handshake. */
  @Override
  public void channelActive(ChannelHandlerContext ctx) {}

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent done)) {
      ctx.fireUserEventTriggered(event);
    } else if (done.isSuccess()) {
      judge(ctx);
    } else {
      refuse.accept(TlsRefusals.sentence(done.cause(), rules.other()));
    }
  }

  /** The event of the handshake tells the same, and says more. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (through) {
      ctx.fireExceptionCaught(cause);
    } else {
      refuse.accept(TlsRefusals.sentence(cause, rules.other()));
    }
  }

  private void judge(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (rules.alpnDemanded() && tls.applicationProtocol() == null) {
      refuse.accept(
          "the " + rules.other() + " negotiates no ALPN, which RFC 8323 demands on this port");
      return;
    }
    try {
      proved.accept(identity(tls.engine().getSession()));
    } catch (RefusedCertificate refused) {
      refuse.accept(String.valueOf(refused.getMessage()));
      return;
    }
    through = true;
    ctx.fireChannelActive();
  }

  private PeerIdentity identity(SSLSession session) throws RefusedCertificate {
    Certificate[] chain;
    try {
      chain = session.getPeerCertificates();
    } catch (SSLPeerUnverifiedException nothingShown) {
      if (rules.host().isPresent()) {
        throw new RefusedCertificate("the " + rules.other() + " shows no certificate");
      }
      return new PeerIdentity.Anonymous();
    }
    X509Certificate shown = (X509Certificate) chain[0];
    AnchoredTrust.requireValidNow(shown, rules.other());
    if (rules.host().isPresent()) {
      HostCheck.require(shown, rules.host().get());
    }
    try {
      return new PeerIdentity.Certificate(
          shown.getSubjectX500Principal().getName(), Bytes.owned(shown.getEncoded()));
    } catch (CertificateEncodingException malformed) {
      throw new RefusedCertificate("the " + rules.other() + "'s certificate is malformed");
    }
  }

  /**
   * What is demanded of the other end.
   *
   * @param other "server" or "client", for sentences
   * @param host whom a server's certificate has to be for
   * @param alpnDemanded true when there must be ALPN
   */
  public record Rules(String other, Optional<String> host, boolean alpnDemanded) {}
}
