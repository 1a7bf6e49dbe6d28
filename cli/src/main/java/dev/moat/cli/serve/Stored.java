package dev.moat.cli.serve;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.Optional;

/** A representation that clients may replace and delete. May be used from any thread. */
final class Stored {
  private volatile State state;

  /** Starts with a representation. */
  Stored(Response initial) {
    state = new State(Optional.of(initial), 1);
  }

  /** Starts with none. */
  Stored() {
    state = new State(Optional.empty(), 0);
  }

  /** GET: the representation, or 4.04. */
  Response read(Request request) {
    State now = state;
    return now.representation()
        .map(response -> response.with(new Option(OptionNumber.ETAG, now.tag())))
        .orElseGet(() -> Response.diagnostic(Code.NOT_FOUND, "PUT it first"));
  }

  /** PUT: 2.01 when there was none, else 2.04. */
  synchronized Response write(Request request) {
    State before = state;
    Response next = Bodies.content(request.payload(), Bodies.format(request));
    state = new State(Optional.of(next), before.version() + 1);
    return Response.of(before.representation().isPresent() ? Code.CHANGED : Code.CREATED);
  }

  /** DELETE: 2.02, also when there was none (RFC 7252, Section 5.8.4). */
  synchronized Response delete(Request request) {
    state = new State(Optional.empty(), state.version() + 1);
    return Response.of(Code.DELETED);
  }

  /** The entity tag: the count of changes. */
  Optional<Bytes> entityTag(Request request) {
    State now = state;
    return now.representation().map(ignored -> now.tag());
  }

  private record State(Optional<Response> representation, long version) {
    Bytes tag() {
      return Bytes.uint(version);
    }
  }
}
