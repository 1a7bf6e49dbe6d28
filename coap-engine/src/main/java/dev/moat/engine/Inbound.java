package dev.moat.engine;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.amplification.Account;
import dev.moat.engine.dedup.Remembered;
import dev.moat.engine.reliability.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrived here, until it is answered. Opaque; owned by its engine.
 *
 * <p>What a protected request asks for is not known until a stage further in has verified it: its
 * outer method and options move nothing before (RFC 8613, Section 4.1.3.5).
 */
public final class Inbound {
  /** In the context of every protected request that arrives: its exchange. */
  public static final Context.Key<Inbound> KEY = new Context.Key<>("exchange");

  private static final int EMPTY_MESSAGE_OCTETS = 4;

  final Message message;
  final int datagramOctets;
  final boolean multicast;
  final long arrivedNanos;

  final Addressee to;

  /** Whom the answer is charged to; null when the address was proven on arrival. */
  final @Nullable Account account;

  /** Null when the request is not remembered. */
  @Nullable Remembered entry;

  @Nullable Deadline timer;
  Stage stage = Stage.OPEN;

  private final Arrival.Security security;
  private final boolean secured;
  private Code method;
  private Options options;
  private long association;
  private boolean verified;
  private boolean unwanted;

  Inbound(Peer peer, Message message, Datagram datagram, @Nullable Account account) {
    this.to = new Addressee(peer, message.token(), account);
    this.message = message;
    this.datagramOctets = datagram.octets();
    this.multicast = datagram.multicast();
    this.arrivedNanos = datagram.nowNanos();
    this.account = account;
    this.security = datagram.security();
    this.secured = message.options().has(OptionNumber.OSCORE);
    this.method = message.code();
    this.options = secured ? Options.none() : message.options();
    this.association = peer.association();
  }

  /** Whom it came from. */
  public Peer peer() {
    return to.peer();
  }

  /** The token of the request. */
  public Bytes token() {
    return message.token();
  }

  /** True for a confirmable request. */
  public boolean isConfirmable() {
    return message.type() == MessageType.CON;
  }

  /** True when the request was sent to a group. */
  public boolean isMulticast() {
    return multicast;
  }

  /** True for a request with the OSCORE option, whatever it may turn out to be. */
  boolean isProtected() {
    return secured;
  }

  /** The method; of a protected request the outer one, until it is verified. */
  Code method() {
    return method;
  }

  /** What counts of the options besides routing; of a protected request none until verified. */
  Options options() {
    return options;
  }

  /** The security association that the request was verified to belong to. */
  long association() {
    return association;
  }

  /** True when the requester does not want the answer. */
  boolean isUnwanted() {
    return unwanted;
  }

  /** True when anyone may have made an answer necessary that carries no protection itself. */
  boolean isForgeable(Response answer) {
    return secured && !verified && !answer.options().has(OptionNumber.OSCORE);
  }

  void verified(Request inner) {
    verified = true;
    method = inner.method();
    options = inner.options();
    association = inner.peer().association();
  }

  void unwanted() {
    unwanted = true;
  }

  /** The request as resources see it. */
  Request request(AmplificationPolicy policy) {
    Peer from = peer();
    boolean associated = from.association() != 0;
    boolean proven = associated || (policy.enabled() && account == null);
    Arrival arrival =
        new Arrival(arrivedNanos, message.token(), datagramOctets, multicast, proven, security);
    Context context = Context.empty().with(Arrival.KEY, arrival);
    if (secured) {
      context = context.with(KEY, this);
    }
    if (account != null) {
      context =
          context.with(
              AmplificationPolicy.ANSWER_BUDGET_OCTETS, account.budgetOctets(datagramOctets));
    }
    return new Request(
        message.code(),
        message.options(),
        message.payload(),
        from,
        isConfirmable() ? Reliability.CONFIRMABLE : Reliability.NON_CONFIRMABLE,
        context);
  }

  /** The octets that an answer may count as having been sent for it. */
  int creditOctets() {
    return stage == Stage.ACKNOWLEDGED ? datagramOctets - EMPTY_MESSAGE_OCTETS : datagramOctets;
  }

  /** How a message came in, besides its content: in a datagram, or in a frame on a connection. */
  record Datagram(int octets, boolean multicast, Arrival.Security security, long nowNanos) {}

  enum Stage {
    /** The answer may still be piggybacked. */
    OPEN,
    /** An Empty acknowledgement went out; the answer goes separately. */
    ACKNOWLEDGED,
    /** The answer was given. */
    ANSWERED,
    /** No answer came within the lifetime of the exchange; a later one is dropped. */
    ABANDONED
  }
}
