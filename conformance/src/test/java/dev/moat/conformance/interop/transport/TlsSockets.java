package dev.moat.conformance.interop.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.eclipse.californium.elements.util.SslContextUtil;

/** The JDK's blocking sockets, plain or with TLS and the protocol "coap". */
final class TlsSockets {
  private TlsSockets() {}

  static SocketFactory client(Channel channel) throws GeneralSecurityException {
    return channel == Channel.TLS
        ? new Asking(context(Keys.CLIENT).getSocketFactory())
        : SocketFactory.getDefault();
  }

  static ServerSocket server(Channel channel) throws Exception {
    ServerSocketFactory factory =
        channel == Channel.TLS
            ? context(Keys.SERVER).getServerSocketFactory()
            : ServerSocketFactory.getDefault();
    ServerSocket socket = factory.createServerSocket(0, 8, InetAddress.getLoopbackAddress());
    if (socket instanceof SSLServerSocket secured) {
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setApplicationProtocols(AlpnContext.PROTOCOLS);
      parameters.setNeedClientAuth(true);
      secured.setSSLParameters(parameters);
    }
    return socket;
  }

  static SSLContext context(Person person) throws GeneralSecurityException {
    return SslContextUtil.createSSLContext(
        "own",
        person.key(),
        person.chain(),
        new Certificate[] {Keys.AUTHORITY.certificate()},
        "TLSv1.3");
  }

  /** Makes nothing but the socket that there is. */
  static final class Given extends OneWayFactory {
    private final Socket socket;

    Given(Socket socket) {
      this.socket = socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      return socket;
    }
  }

  private static final class Asking extends OneWayFactory {
    private final SocketFactory inner;

    Asking(SocketFactory inner) {
      this.inner = inner;
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      SSLSocket socket = (SSLSocket) inner.createSocket(host, port);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(AlpnContext.PROTOCOLS);
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      return socket;
    }
  }

  /** The one way that java-coap uses. */
  private abstract static class OneWayFactory extends SocketFactory {
    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
