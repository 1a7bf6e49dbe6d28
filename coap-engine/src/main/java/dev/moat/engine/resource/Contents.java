package dev.moat.engine.resource;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a resource declared about its representations. Immutable.
 *
 * @param produces Content-Formats of answers; empty means undeclared
 * @param consumes Content-Formats of bodies; empty means undeclared
 * @param entityTag the current entity tag, when the router checks preconditions
 * @param ownPreconditions true when the handler checks If-Match and If-None-Match itself
 */
record Contents(
    List<Integer> produces,
    List<Integer> consumes,
    Optional<Function<Request, Optional<Bytes>>> entityTag,
    boolean ownPreconditions) {
  static final Contents UNDECLARED = new Contents(List.of(), List.of(), Optional.empty(), false);

  Contents withProduces(List<Integer> formats) {
    return new Contents(formats, consumes, entityTag, ownPreconditions);
  }

  Contents withConsumes(List<Integer> formats) {
    return new Contents(produces, formats, entityTag, ownPreconditions);
  }

  Contents withEntityTag(Function<Request, Optional<Bytes>> current) {
    return new Contents(produces, consumes, Optional.of(current), ownPreconditions);
  }

  Contents withOwnPreconditions() {
    return new Contents(produces, consumes, entityTag, true);
  }

  /** The answer that needs no handler: a refusal, or 2.03. */
  Optional<Response> check(Request request) {
    Optional<Response> answer = Optional.empty();
    if (!produces.isEmpty()) {
      answer = Negotiation.accepting(request, produces);
    }
    if (answer.isEmpty() && !consumes.isEmpty()) {
      answer = Negotiation.consuming(request, consumes);
    }
    return answer.isPresent() ? answer : checkTags(request);
  }

  private Optional<Response> checkTags(Request request) {
    Options options = request.options();
    if (entityTag.isPresent()) {
      Optional<Bytes> current = entityTag.get().apply(request);
      return Negotiation.preconditions(request, current)
          .or(() -> Negotiation.validation(request, current));
    }
    boolean conditional =
        options.has(OptionNumber.IF_MATCH) || options.has(OptionNumber.IF_NONE_MATCH);
    // Both are critical (RFC 7252, Section 5.4.1): acting without checking would break the client's
    // condition.
    return conditional && !ownPreconditions
        ? Optional.of(
            Refusal.because(Code.BAD_OPTION, "this resource knows no If-Match and If-None-Match"))
        : Optional.empty();
  }
}
