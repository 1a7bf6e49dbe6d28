package dev.moat.cost.device;

import dev.moat.edhoc.Role;
import dev.moat.edhoc.suite.CipherSuite;
import java.util.List;

/**
 * What one side has to keep for one handshake: derived from RFC 9528, Sections 4 and 5, for a
 * device that keeps nothing it can do without. Its own long-term key, the credentials it knows and
 * the stack of its procedures are not in it; nor is what a Java object adds around its octets.
 *
 * @param role the side
 * @param waiting what is kept while the peer's answer is under way: the cost of a half-open
 *     handshake
 * @param peak what is kept at once when most is: while the last message but one is worked on
 * @param inboundOctets the longest message to be received
 * @param outboundOctets the longest message to be sent
 */
public record HandshakeState(
    Role role, List<Item> waiting, List<Item> peak, int inboundOctets, int outboundOctets) {
  private static final int NONCE_OCTETS = 13;
  private static final int IDENTIFIER_OCTETS = 1;

  /** What {@code info} of EDHOC_KDF has besides the context: label, length, framing. */
  private static final int INFO_OCTETS = 8;

  /**
   * Something kept.
   *
   * @param name what
   * @param octets its size
   */
  public record Item(String name, int octets) {}

  /** Keeps copies. */
  public HandshakeState {
    waiting = List.copyOf(waiting);
    peak = List.copyOf(peak);
  }

  /** The sum of {@link #waiting}. */
  public int waitingOctets() {
    return waiting.stream().mapToInt(Item::octets).sum();
  }

  /** The sum of {@link #peak}, message buffers included. */
  public int peakOctets() {
    return peak.stream().mapToInt(Item::octets).sum();
  }

  /**
   * That of the initiator: it waits with its ephemeral key and H(message_1) for message_2, and most
   * is there while it verifies that and makes message_3.
   *
   * @param credentialOctets the peer's credential, which context_2 has in it
   */
  static HandshakeState ofInitiator(
      CipherSuite suite, int credentialOctets, MemoryHandshake.Messages sent) {
    int curve = suite.curve().octets();
    int hash = suite.hash().octets();
    int inbound = sent.message2().length();
    int outbound = Math.max(sent.message1().length(), sent.message3().length());
    List<Item> waiting =
        List.of(
            new Item("ephemeral private key", curve),
            new Item("H(message_1)", hash),
            new Item("C_I", IDENTIFIER_OCTETS),
            new Item("METHOD and suite", 2));
    List<Item> peak =
        List.of(
            new Item("ephemeral private key", curve),
            new Item("shared secret", curve),
            new Item("C_I", IDENTIFIER_OCTETS),
            new Item("METHOD and suite", 2),
            new Item("TH_2, then TH_3", hash),
            new Item("PRK_2e, then PRK_3e2m", hash),
            new Item("PRK_4e3m", hash),
            new Item("key and nonce of message_3", suite.aead().keyOctets() + NONCE_OCTETS),
            new Item("info with context_2", context(hash, credentialOctets)),
            new Item("message_2, deciphered in place", inbound),
            new Item("message_3", sent.message3().length()));
    return new HandshakeState(Role.INITIATOR, waiting, peak, inbound, outbound);
  }

  /**
   * That of the responder: it waits with TH_3, PRK_3e2m and, where the initiator has a static
   * Diffie-Hellman key, its ephemeral key for message_3.
   *
   * @param keepsEphemeral whether G_IY is still to be computed
   * @param credentialOctets the peer's credential, which context_3 has in it
   */
  static HandshakeState ofResponder(
      CipherSuite suite,
      boolean keepsEphemeral,
      int credentialOctets,
      MemoryHandshake.Messages sent) {
    int curve = suite.curve().octets();
    int hash = suite.hash().octets();
    int inbound = Math.max(sent.message1().length(), sent.message3().length());
    List<Item> waiting =
        List.of(
            new Item("ephemeral private key", keepsEphemeral ? curve : 0),
            new Item("TH_3", hash),
            new Item("PRK_3e2m", hash),
            new Item("C_I and C_R", 2 * IDENTIFIER_OCTETS),
            new Item("METHOD and suite", 2));
    List<Item> peak =
        List.of(
            new Item("ephemeral private key", curve),
            new Item("shared secret", curve),
            new Item("C_I and C_R", 2 * IDENTIFIER_OCTETS),
            new Item("METHOD and suite", 2),
            new Item("H(message_1), TH_2, then TH_3", hash),
            new Item("PRK_2e, then PRK_3e2m", hash),
            new Item("info with context_2", context(hash, credentialOctets)),
            new Item("KEYSTREAM_2", sent.message2().length()),
            new Item("message_1", sent.message1().length()),
            new Item("message_2", sent.message2().length()));
    return new HandshakeState(Role.RESPONDER, waiting, peak, inbound, sent.message2().length());
  }

  private static int context(int hash, int credentialOctets) {
    return INFO_OCTETS + 2 * IDENTIFIER_OCTETS + hash + credentialOctets;
  }
}
