package dev.moat.conformance.interop.transport;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context whose engines negotiate "coap" (RFC 8323, Section 8.2), for stacks that take a context
 * and leave the protocol to it.
 */
final class AlpnContext extends SSLContextSpi {
  static final String[] PROTOCOLS = {"coap"};

  private final SSLContext inner;

  private AlpnContext(SSLContext inner) {
    this.inner = inner;
  }

  static SSLContext of(SSLContext inner) {
    return new SSLContext(new AlpnContext(inner), inner.getProvider(), inner.getProtocol()) {};
  }

  private static SSLEngine asking(SSLEngine engine) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setApplicationProtocols(PROTOCOLS);
    engine.setSSLParameters(parameters);
    return engine;
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return asking(inner.createSSLEngine());
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return asking(inner.createSSLEngine(host, port));
  }

  @Override
  protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("the inner context is ready");
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return inner.getSocketFactory();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return inner.getServerSocketFactory();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return inner.getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return inner.getClientSessionContext();
  }
}
