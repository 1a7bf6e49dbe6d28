package dev.moat.conformance.interop.transport;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A key pair and the certificate of its public key. */
record Person(KeyPair keys, X509Certificate certificate) {
  PrivateKey key() {
    return keys.getPrivate();
  }

  X509Certificate[] chain() {
    return new X509Certificate[] {certificate};
  }
}
