package dev.moat.cost.exchange;

/**
 * A point of the space of EDHOC exchanges.
 *
 * @param method 0 to 4 (RFC 9528, Section 3.2; 4 is EDHOC-PSK)
 * @param initiator the initiator's credential
 * @param responder the responder's credential
 * @param suite the number of the cipher suite
 * @param path which resource is asked
 * @param flow how the first request follows
 * @param begins who begins
 */
public record EdhocShape(
    int method,
    CredentialForm initiator,
    CredentialForm responder,
    int suite,
    PathForm path,
    Flow flow,
    Begins begins) {

  /** Which resource is asked, with what around the message. */
  public enum PathForm {
    /** {@code /.well-known/edhoc}, Content-Format, the tokens of the defaults. */
    DEFAULT,
    /** {@code /edhoc}, no Content-Format, tokens as short as they can be. */
    SHORT
  }

  /** How the first OSCORE request follows. */
  public enum Flow {
    /** After message_3 has been answered. */
    SEQUENTIAL,
    /** In one datagram with message_3 (RFC 9668). */
    COMBINED
  }

  /** Who begins. */
  public enum Begins {
    /** The device is the initiator and the CoAP client. */
    DEVICE,
    /**
     * The network is the initiator. Sequential, that is the reverse flow (RFC 9528, Appendix
     * A.2.2): the device is the CoAP client, and asks for message_1. Combined, which only the
     * forward flow can be (RFC 9668, Section 2), the network is the CoAP client, and the device the
     * server.
     */
    NETWORK
  }

  /** A key for tables and files, as {@code edhoc-3-kid-kid-s2-short-combined-device}. */
  public String id() {
    return String.join(
            "-",
            "edhoc",
            Integer.toString(method),
            initiator.toString(),
            responder.toString(),
            "s" + suite,
            path.name(),
            flow.name(),
            begins.name())
        .toLowerCase(java.util.Locale.ROOT);
  }
}
