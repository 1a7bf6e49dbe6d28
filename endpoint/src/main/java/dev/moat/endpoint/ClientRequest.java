package dev.moat.endpoint;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.uri.CoapUri;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.SecuredBy;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.time.Duration;
import java.util.Optional;

/**
 * A request to a URI whose host may still have to be resolved. Immutable.
 *
 * @param method the method
 * @param uri where it goes
 * @param options besides those of the URI
 * @param payload the whole body
 * @param reliability confirmable or not
 * @param context facts for the stages; they never reach the wire
 * @param timeout after which the caller gives up; empty: when the message layer does
 */
public record ClientRequest(
    Code method,
    CoapUri uri,
    Options options,
    Bytes payload,
    Reliability reliability,
    Context context,
    Optional<Duration> timeout) {

  /**
   * A confirmable request without payload.
   *
   * @throws dev.moat.coap.uri.UriFormatException when {@code uri} is no CoAP URI
   */
  public static ClientRequest of(Code method, String uri) {
    return new ClientRequest(
        method,
        CoapUri.parse(uri),
        Options.none(),
        Bytes.empty(),
        Reliability.CONFIRMABLE,
        Context.empty(),
        Optional.empty());
  }

  /** This with one more option. */
  public ClientRequest with(Option option) {
    return new ClientRequest(
        method, uri, options.plus(option), payload, reliability, context, timeout);
  }

  /** This with a body of a Content-Format. */
  public ClientRequest payload(Bytes body, int contentFormat) {
    Options typed = options.with(Option.uint(OptionNumber.CONTENT_FORMAT, contentFormat));
    return new ClientRequest(method, uri, typed, body, reliability, context, timeout);
  }

  /** This with a body of no said Content-Format. */
  public ClientRequest payload(Bytes body) {
    return new ClientRequest(method, uri, options, body, reliability, context, timeout);
  }

  /** This, asking for a Content-Format. */
  public ClientRequest accept(int contentFormat) {
    return with(Option.uint(OptionNumber.ACCEPT, contentFormat));
  }

  /** This as a non-confirmable message. */
  public ClientRequest nonConfirmable() {
    return new ClientRequest(
        method, uri, options, payload, Reliability.NON_CONFIRMABLE, context, timeout);
  }

  /** This with one more fact. */
  public <T> ClientRequest withFact(Context.Key<T> key, T value) {
    return new ClientRequest(
        method, uri, options, payload, reliability, context.with(key, value), timeout);
  }

  /**
   * This, protected by {@code context} (RFC 8613): it leaves so or not at all, and only a response
   * that verifies by it counts.
   */
  public ClientRequest securedBy(SecurityContext context) {
    return withFact(SecuredBy.KEY, context);
  }

  /**
   * Protects this request by a context that is established or renewed first when need be (RFC 8613,
   * Appendix B.2, or KUDOS). Not to be mixed with {@link #securedBy(SecurityContext)}, nor with a
   * client that has a context of its own.
   */
  public ClientRequest securedBy(ContextOnDemand context) {
    return withFact(ContextOnDemand.KEY, context);
  }

  /** This, given up after a time. */
  public ClientRequest timeout(Duration after) {
    return new ClientRequest(
        method, uri, options, payload, reliability, context, Optional.of(after));
  }

  Request to(Peer peer) {
    Options all = uri.options();
    for (Option option : options) {
      all = all.plus(option);
    }
    return new Request(method, all, payload, peer, reliability, context);
  }
}
