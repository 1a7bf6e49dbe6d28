package dev.moat.coap.service;

import dev.moat.bytes.Bytes;

/**
 * Whom the other end of a (D)TLS association proved to be. A server finds it in the context of each
 * request that came over the association; it is no more than what the transport has verified, and
 * says nothing of who is behind a proxy.
 */
public sealed interface PeerIdentity {
  /** Where a server pipeline finds the identity of the one who sent a request. */
  Context.Key<PeerIdentity> KEY = new Context.Key<>("peer identity");

  /** One line for people and logs, without secrets and without control characters. */
  String words();

  /** Nothing was proved: no security, or a client without a certificate. */
  record Anonymous() implements PeerIdentity {
    @Override
    public String words() {
      return "anonymous";
    }
  }

  /**
   * The peer has the pre-shared key of this identity (RFC 4279).
   *
   * @param identity as sent, UTF-8
   */
  record PreSharedKey(String identity) implements PeerIdentity {
    @Override
    public String words() {
      return "PSK identity \"" + ForeignText.printable(identity) + "\"";
    }
  }

  /**
   * The peer has the private key of a raw public key (RFC 7250).
   *
   * @param subjectPublicKeyInfo DER
   */
  record RawPublicKey(Bytes subjectPublicKeyInfo) implements PeerIdentity {
    @Override
    public String words() {
      return "raw public key of " + subjectPublicKeyInfo.length() + " octets";
    }
  }

  /**
   * The peer has the private key of a certificate that a trusted authority vouches for.
   *
   * @param subject the distinguished name (RFC 4514)
   * @param certificate the end entity's, DER
   */
  record Certificate(String subject, Bytes certificate) implements PeerIdentity {
    @Override
    public String words() {
      return "certificate of " + ForeignText.printable(subject);
    }
  }
}
