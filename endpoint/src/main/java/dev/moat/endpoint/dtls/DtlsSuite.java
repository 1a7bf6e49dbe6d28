package dev.moat.endpoint.dtls;

import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;

/** The cipher suites that are offered and taken; their names are those of the TLS registry. */
public enum DtlsSuite {
  /** RFC 7251; mandatory with raw public keys and certificates (RFC 7252, Section 9.1.3). */
  TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
  /** RFC 7251, with tags of 16 octets. */
  TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
  /** RFC 5289. */
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
  /** RFC 5289, for certificates of RSA keys. */
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
  /** RFC 8442. */
  TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256,
  /** RFC 8442, with tags of 16 octets. */
  TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256,
  /** RFC 8442. */
  TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
  /** RFC 6655, no forward secrecy; mandatory with shared keys (RFC 7252, Section 9.1.3.1). */
  TLS_PSK_WITH_AES_128_CCM_8,
  /** RFC 6655, with tags of 16 octets and no forward secrecy. */
  TLS_PSK_WITH_AES_128_CCM,
  /** RFC 5487, no forward secrecy. */
  TLS_PSK_WITH_AES_128_GCM_SHA256;

  CipherSuite inScandium() {
    return CipherSuite.valueOf(name());
  }
}
