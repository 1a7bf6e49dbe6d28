package dev.moat.engine.stream;

import dev.moat.coap.option.Option;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Context;
import dev.moat.coap.signal.PeerCapabilities;

/**
 * What one message on a connection can hold, by the CSMs of both ends (RFC 8323, Sections 5.3 and
 * 6): a fact of requests, by which the stages of block-wise transfer choose their blocks.
 *
 * @param messageOctets the longest message that the peer takes
 * @param peerDoesBlocks true when the peer announced Block-Wise-Transfer
 * @param takesBert true when BERT blocks may come from the peer
 * @param sendsBert true when BERT blocks may be sent to the peer
 */
public record MessageRoom(
    long messageOctets, boolean peerDoesBlocks, boolean takesBert, boolean sendsBert) {
  /** Where stages look for the room on a request's connection; absent over datagrams. */
  public static final Context.Key<MessageRoom> KEY = new Context.Key<>("message room");

  /** The unit of BERT blocks (RFC 8323, Section 6). */
  public static final int BERT_UNIT_OCTETS = 1024;

  /** No block is longer, whatever the peer takes: what comes next has to wait behind it. */
  private static final int MAX_BERT_OCTETS = 16 * BERT_UNIT_OCTETS;

  /**
   * Header with an Extended Length, an 8-octet token, payload marker, Block1, Block2, Size and
   * Request-Tag, and what OSCORE adds.
   */
  private static final int OVERHEAD_OCTETS = 6 + 8 + 1 + 4 + 4 + 6 + 10 + 25;

  /** The room that {@code rules} and the capabilities of {@code peer} leave. */
  public static MessageRoom of(ConnectionRules rules, PeerCapabilities peer) {
    return new MessageRoom(
        peer.maxMessageSize(),
        peer.blockWiseTransfer(),
        rules.takesBert(),
        rules.takesBert() && peer.bert());
  }

  /** How long a payload may be beside {@code options}; may be 0. */
  public int payloadOctets(Options options) {
    long left = messageOctets - OVERHEAD_OCTETS;
    for (Option option : options) {
      left -= 5L + option.value().length();
    }
    return (int) Math.max(0, Math.min(left, Integer.MAX_VALUE));
  }

  /** How long the payload of a BERT block may be beside {@code options}: a multiple of 1024. */
  public int bertOctets(Options options) {
    int room = Math.min(payloadOctets(options), MAX_BERT_OCTETS);
    return room / BERT_UNIT_OCTETS * BERT_UNIT_OCTETS;
  }
}
