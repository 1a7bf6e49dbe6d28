package dev.moat.oscore.protect;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.OptionRegistry;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.ReplayCell;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.option.OscoreOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Turns messages into OSCORE messages and back (RFC 8613, Section 8).
 *
 * <p>Owned by one event loop: keeps ciphers for the contexts it has used most recently, and its
 * buffers. What is bound to a context, such as its replay window, may be shared with other
 * protectors.
 */
public final class Protector implements AutoCloseable {
  /** For how many contexts ciphers are kept unless said otherwise. */
  public static final int DEFAULT_CIPHERS_KEPT = 256;

  private final KeyedContexts contexts;
  private final ProtectionTable table;
  private final OuterOptions outerOptions;
  private final AdditionalData additionalData = new AdditionalData();

  /** Keeps ciphers for {@link #DEFAULT_CIPHERS_KEPT} contexts. */
  public Protector(Crypto crypto) {
    this(crypto, DEFAULT_CIPHERS_KEPT);
  }

  /** Keeps ciphers for {@code ciphersKept} contexts, at least 1. */
  public Protector(Crypto crypto, int ciphersKept) {
    this(crypto, ciphersKept, OptionRegistry.standard());
  }

  /** Takes the protection classes from {@code registry}; both endpoints have to agree on them. */
  public Protector(Crypto crypto, int ciphersKept, OptionRegistry registry) {
    this.contexts = new KeyedContexts(crypto, ciphersKept);
    this.table = new ProtectionTable(registry);
    this.outerOptions = new OuterOptions(table);
  }

  /** Protects a request in its standard form. */
  public ProtectedRequest protectRequest(SecurityContext context, Request inner)
      throws OscoreException {
    return protectRequest(context, inner, RequestForm.STANDARD);
  }

  /**
   * Protects a request (Section 8.1) with a new Partial IV. Peer, reliability and facts stay as
   * they are.
   *
   * @throws OscoreException NESTED, OPTION_TOO_LONG, BAD_PROXY_URI, SEQUENCE_EXHAUSTED,
   *     RESERVATION_FAILED, KEY_USAGE_LIMIT or CONTEXT_NOT_FOUND
   */
  public ProtectedRequest protectRequest(SecurityContext context, Request inner, RequestForm form)
      throws OscoreException {
    KeyedContext keyed = contexts.of(context);
    Options options = ProxyUris.split(inner.options());
    context.usage().countSeal();
    long number = context.senderSequence().next();
    Bytes partialIv = OscoreOption.partialIv(number);
    OscoreOption option =
        new OscoreOption(
            Optional.of(partialIv), Optional.of(context.senderId()), form.kidContext(context));
    boolean observe = options.has(OptionNumber.OBSERVE);
    Options outer = outerOptions.of(options, form.encoding().encode(option));
    byte[] sealed =
        new Plaintext(inner.method(), options, inner.payload())
            .write(table, false, context.aead().tagOctets());
    additionalData.compose(keyed.prefix(true), partialIv, table.integrityProtected(outer));
    seal(keyed, keyed.nonce(true, number), sealed);
    // Section 4.2: the method is hidden; with Observe, POST would have no meaning.
    Request message =
        new Request(
            observe ? Code.FETCH : Code.POST,
            outer,
            Bytes.owned(sealed),
            inner.peer(),
            inner.reliability(),
            inner.context());
    return new ProtectedRequest(
        message, RequestBinding.sent(context, partialIv, isRegistration(inner.options())));
  }

  private static boolean isRegistration(Options options) {
    OptionalLong observe = options.observe();
    return observe.isPresent() && observe.getAsLong() == 0;
  }

  private void seal(KeyedContext keyed, byte[] nonce, byte[] array) throws OscoreException {
    int length = array.length - keyed.context().aead().tagOctets();
    keyed.sealing().seal(nonce, additionalData.aad(), additionalData.aadLength(), array, 0, length);
  }

  /** Verifies a request whose OSCORE option has no extensions. */
  public Unprotected unprotectRequest(SecurityContext context, Request outer)
      throws OscoreException {
    Bytes value = OuterOptions.oscoreValue(outer.options());
    return unprotectRequest(context, outer, OscoreOption.decode(value));
  }

  /**
   * Verifies a request (Section 8.2, steps 1 to 7). The replay window moves when the request is
   * genuine and the window trusted, not before.
   *
   * @param option the decoded OSCORE option, perhaps without what an extension has dealt with
   * @throws OscoreException MISSING_KID, MISSING_PARTIAL_IV, CONTEXT_NOT_FOUND, KEY_USAGE_LIMIT,
   *     DECRYPTION_FAILED; or, genuine yet unusable, BAD_PLAINTEXT or NESTED
   */
  public Unprotected unprotectRequest(SecurityContext context, Request outer, OscoreOption option)
      throws OscoreException {
    Bytes partialIv = requirePartialIv(context, option);
    long number = partialIv.toUint();
    KeyedContext keyed = contexts.of(context);
    context.usage().requireOpen();
    ReplayCell replay = context.replay();
    boolean trusted = replay.isTrusted();
    if (trusted && !replay.accepts(number)) {
      return new Unprotected.Replay(number);
    }

    additionalData.compose(
        keyed.prefix(false), partialIv, table.integrityProtected(outer.options()));
    Bytes opened = open(keyed, keyed.nonce(false, number), outer.payload());
    // From here on the request is genuine, hence its Partial IV used, whatever the plaintext is.
    if (trusted && !replay.commit(number)) {
      return new Unprotected.Replay(number);
    }
    Request inner = innerRequest(outer, Plaintext.read(opened));
    boolean observes = isRegistration(inner.options());
    RequestBinding binding =
        RequestBinding.received(context, partialIv.compact(), observes, trusted);
    return trusted
        ? new Unprotected.Fresh(inner, binding)
        : new Unprotected.Unsynchronised(inner, binding);
  }

  private static Bytes requirePartialIv(SecurityContext context, OscoreOption option)
      throws OscoreException {
    if (option.kid().isEmpty()) {
      throw new OscoreException(Reason.MISSING_KID);
    }
    if (option.partialIv().isEmpty()) {
      throw new OscoreException(Reason.MISSING_PARTIAL_IV);
    }
    // Section 5: with a kid context, only a context with that ID Context will do.
    boolean other =
        option.kidContext().isPresent() && !option.kidContext().equals(context.idContext());
    if (other || !option.kid().get().equals(context.recipientId())) {
      throw new OscoreException(Reason.CONTEXT_NOT_FOUND);
    }
    return option.partialIv().get();
  }

  private Bytes open(KeyedContext keyed, byte[] nonce, Bytes ciphertext) throws OscoreException {
    byte[] array = ciphertext.toArray();
    boolean genuine =
        keyed
            .opening()
            .open(nonce, additionalData.aad(), additionalData.aadLength(), array, 0, array.length);
    if (!genuine) {
      keyed.context().usage().countForgery();
      throw new OscoreException(Reason.DECRYPTION_FAILED);
    }
    return Bytes.owned(array, 0, array.length - keyed.context().aead().tagOctets());
  }

  private Request innerRequest(Request outer, Plaintext plaintext) throws OscoreException {
    if (!plaintext.code().isRequest()) {
      throw new OscoreException(Reason.BAD_PLAINTEXT);
    }
    return new Request(
        plaintext.code(),
        outerOptions.merge(outer.options(), plaintext.options()),
        plaintext.payload(),
        outer.peer(),
        outer.reliability(),
        outer.context());
  }

  /**
   * Protects a response (Section 8.3).
   *
   * @throws IllegalArgumentException when the binding is of a request this endpoint has sent
   * @throws OscoreException NESTED, OPTION_TOO_LONG, NONCE_ALREADY_USED, SEQUENCE_EXHAUSTED,
   *     RESERVATION_FAILED, KEY_USAGE_LIMIT or CONTEXT_NOT_FOUND
   */
  public Response protectResponse(RequestBinding binding, Response inner, ResponseForm form)
      throws OscoreException {
    if (binding.isClient()) {
      throw new IllegalArgumentException("a response to this endpoint's own request: " + binding);
    }
    SecurityContext context = binding.context();
    KeyedContext keyed = contexts.of(context);
    context.usage().countSeal();
    boolean own = form.ownPartialIv();
    long number = own ? context.senderSequence().next() : binding.sequenceNumber();
    OscoreOption option = OscoreOption.empty();
    if (own || form.kidContext().isPresent()) {
      Optional<Bytes> partialIv =
          own ? Optional.of(OscoreOption.partialIv(number)) : Optional.empty();
      option = new OscoreOption(partialIv, Optional.empty(), form.kidContext());
    }
    Options outer = outerOptions.of(inner.options(), form.encoding().encode(option));
    byte[] sealed =
        new Plaintext(inner.code(), inner.options(), inner.payload())
            .write(table, true, context.aead().tagOctets());
    additionalData.compose(
        keyed.prefix(false), binding.requestPiv(), table.integrityProtected(outer));
    if (!own) {
      binding.takeNonce();
    }
    seal(keyed, keyed.nonce(own, number), sealed);
    boolean observe = inner.options().has(OptionNumber.OBSERVE);
    return new Response(observe ? Code.CONTENT : Code.CHANGED, outer, Bytes.owned(sealed));
  }

  /** Verifies a response whose OSCORE option has no extensions. */
  public VerifiedResponse unprotectResponse(RequestBinding binding, Response outer)
      throws OscoreException {
    Bytes value = OuterOptions.oscoreValue(outer.options());
    return unprotectResponse(binding, outer, OscoreOption.decode(value));
  }

  /**
   * Verifies a response (Section 8.4). Its kid and kid context do not count: the request says which
   * context it is.
   *
   * @param option the decoded OSCORE option, perhaps without what an extension has dealt with
   * @throws IllegalArgumentException when the binding is of a request this endpoint has received
   * @throws OscoreException when the response has to be ignored: CONTEXT_NOT_FOUND,
   *     KEY_USAGE_LIMIT, DECRYPTION_FAILED, BAD_PLAINTEXT, NESTED, UNEXPECTED_OBSERVE or
   *     NONCE_ALREADY_USED
   */
  public VerifiedResponse unprotectResponse(
      RequestBinding binding, Response outer, OscoreOption option) throws OscoreException {
    if (!binding.isClient()) {
      throw new IllegalArgumentException("a response to the peer's own request: " + binding);
    }
    SecurityContext context = binding.context();
    KeyedContext keyed = contexts.of(context);
    context.usage().requireOpen();
    boolean own = option.partialIv().isEmpty();
    long number = own ? binding.sequenceNumber() : option.partialIv().get().toUint();
    additionalData.compose(
        keyed.prefix(true), binding.requestPiv(), table.integrityProtected(outer.options()));
    Bytes opened = open(keyed, keyed.nonce(own, number), outer.payload());
    Plaintext plaintext = Plaintext.read(opened);
    if (!plaintext.code().isResponse()) {
      throw new OscoreException(Reason.BAD_PLAINTEXT);
    }
    requireExpectedObserve(binding, plaintext, own);
    Options options = outerOptions.merge(outer.options(), plaintext.options());
    Response inner = new Response(plaintext.code(), options, plaintext.payload());
    return new VerifiedResponse(inner, own ? OptionalLong.empty() : OptionalLong.of(number));
  }

  /** Sections 4.1.3.5.2 and 8.4.2. */
  private static void requireExpectedObserve(
      RequestBinding binding, Plaintext plaintext, boolean requestNonce) throws OscoreException {
    if (!plaintext.options().has(OptionNumber.OBSERVE)) {
      return;
    }
    if (!binding.observes()) {
      throw new OscoreException(Reason.UNEXPECTED_OBSERVE);
    }
    if (requestNonce) {
      binding.takeNonce();
    }
  }

  /** Closes the ciphers kept for a context; it may be used again. */
  public void forget(SecurityContext context) {
    contexts.forget(context);
  }

  /** Closes all ciphers. */
  @Override
  public void close() {
    contexts.close();
  }
}
