package dev.moat.endpoint.dtls;

import dev.moat.coap.service.ForeignText;
import java.util.Optional;

/**
 * Why a handshake came to nothing, in one sentence for people. Pure: alerts by their numbers (RFC
 * 5246, Section 7.2), no names of classes, no secrets.
 *
 * @param initiated true on the side that began the handshake, whose peer is a server
 * @param identity the PSK identity in use; empty when keys or certificates were, or nothing yet
 */
record HandshakeWords(boolean initiated, Optional<String> identity) {
  /** The peer ended the handshake with this alert. */
  String alertReceived(int description) {
    return peer()
        + switch (description) {
          case 0, 90 -> " gave the handshake up";
          case 20, 51 -> otherKey(" could not verify the end of the handshake");
          case 40 -> " found no common cipher suite, or wants other credentials than ours";
          case 41, 42 -> " refused our certificate or public key, or misses one";
          case 43 -> " does not support our kind of certificate";
          case 44 -> " says that our certificate is revoked";
          case 45 -> " says that our certificate has expired or is not valid yet";
          case 46 -> " does not accept our certificate or public key";
          case 48 -> " trusts no authority that vouches for our certificate";
          case 49 -> " denies us access";
          case 70 -> " does not speak DTLS 1.2";
          case 71 -> " wants stronger cipher suites than ours";
          case 80 -> " had an internal fault";
          case 115 -> " does not know " + ofIdentity("our PSK identity");
          default -> " refused the handshake with alert " + description;
        };
  }

  /** This side ended the handshake with this alert, and knows no more of the reason. */
  String alertSent(int description) {
    return switch (description) {
      case 0, 90 -> peer() + " gave the handshake up";
      case 20, 51 -> peer() + otherKey(" could not prove that it holds its key");
      case 40 -> peer() + " shares no cipher suite with us, or has no credentials for one";
      case 41, 42, 43, 46 -> peer() + " showed no certificate or public key that can be used";
      case 70 -> peer() + " does not speak DTLS 1.2";
      case 80 -> "an internal fault ended the handshake";
      case 115 -> peer() + " is not known here by " + ofIdentity("its PSK identity");
      default -> peer() + " did not keep to the protocol (alert " + description + ")";
    };
  }

  /** RFC 7627 is required and the peer does without. */
  String noExtendedMasterSecret() {
    return peer() + " does not support the extended master secret, which is required (RFC 7627)";
  }

  /**
   * Nothing came any more.
   *
   * @param answered true when the peer had taken part before
   */
  String silence(boolean answered) {
    if (!answered) {
      return initiated ? "the server did not answer" : "the client did not go on";
    }
    if (identity.isEmpty()) {
      return peer() + " fell silent during the handshake";
    }
    return initiated
        ? "the server fell silent: most likely it does not know "
            + ofIdentity("our PSK identity")
            + ", or has another key for it"
        : "the client fell silent: most likely it has another key for "
            + ofIdentity("its PSK identity");
  }

  /** A record under the new keys did not verify. */
  String unverifiable() {
    return identity.isEmpty()
        ? peer() + " and we have computed different keys"
        : peer() + " most likely has another key for " + ofIdentity("the PSK identity");
  }

  /** More handshakes or associations than may be. */
  static String tooMany() {
    return "there are too many associations";
  }

  private String peer() {
    return initiated ? "the server" : "the client";
  }

  private String otherKey(String otherwise) {
    return identity.isEmpty()
        ? otherwise
        : " has another key for " + ofIdentity("the PSK identity");
  }

  private String ofIdentity(String what) {
    return identity.map(id -> what + " \"" + ForeignText.printable(id) + "\"").orElse(what);
  }
}
