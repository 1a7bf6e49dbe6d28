package dev.moat.coap.message;

import java.util.Map;

/**
 * A request method, response code or signalling code: a 3-bit class and a 5-bit detail, written
 * {@code c.dd} (RFC 7252, Section 3).
 *
 * <p>There is one instance for each of the 256 values, so codes may be compared by identity.
 */
public final class Code {
  private static final Code[] ALL = new Code[256];

  static {
    for (int raw = 0; raw < 256; raw++) {
      ALL[raw] = new Code(raw);
    }
  }

  /** 0.00, an Empty message. */
  public static final Code EMPTY = of(0, 0);

  /** 0.01 GET: safe and idempotent (RFC 7252, Section 5.8.1). */
  public static final Code GET = of(0, 1);

  /** 0.02 POST: neither safe nor idempotent (RFC 7252, Section 5.8.2). */
  public static final Code POST = of(0, 2);

  /** 0.03 PUT: idempotent (RFC 7252, Section 5.8.3). */
  public static final Code PUT = of(0, 3);

  /** 0.04 DELETE: idempotent (RFC 7252, Section 5.8.4). */
  public static final Code DELETE = of(0, 4);

  /** 0.05 FETCH: safe and idempotent, with a request body (RFC 8132, Section 2). */
  public static final Code FETCH = of(0, 5);

  /** 0.06 PATCH: neither safe nor idempotent (RFC 8132, Section 3). */
  public static final Code PATCH = of(0, 6);

  /** 0.07 iPATCH: idempotent (RFC 8132, Section 3). */
  public static final Code IPATCH = of(0, 7);

  /** 2.01 Created. */
  public static final Code CREATED = of(2, 1);

  /** 2.02 Deleted. */
  public static final Code DELETED = of(2, 2);

  /** 2.03 Valid. */
  public static final Code VALID = of(2, 3);

  /** 2.04 Changed. */
  public static final Code CHANGED = of(2, 4);

  /** 2.05 Content. */
  public static final Code CONTENT = of(2, 5);

  /** 2.31 Continue (RFC 7959, Section 2.9.1). */
  public static final Code CONTINUE = of(2, 31);

  /** 4.00 Bad Request. */
  public static final Code BAD_REQUEST = of(4, 0);

  /** 4.01 Unauthorized; with Echo, a challenge (RFC 9175, Section 2.3). */
  public static final Code UNAUTHORIZED = of(4, 1);

  /** 4.02 Bad Option. */
  public static final Code BAD_OPTION = of(4, 2);

  /** 4.03 Forbidden. */
  public static final Code FORBIDDEN = of(4, 3);

  /** 4.04 Not Found. */
  public static final Code NOT_FOUND = of(4, 4);

  /** 4.05 Method Not Allowed. */
  public static final Code METHOD_NOT_ALLOWED = of(4, 5);

  /** 4.06 Not Acceptable. */
  public static final Code NOT_ACCEPTABLE = of(4, 6);

  /** 4.08 Request Entity Incomplete (RFC 7959, Section 2.9.2). */
  public static final Code REQUEST_ENTITY_INCOMPLETE = of(4, 8);

  /** 4.09 Conflict (RFC 8132, Section 3.4). */
  public static final Code CONFLICT = of(4, 9);

  /** 4.12 Precondition Failed. */
  public static final Code PRECONDITION_FAILED = of(4, 12);

  /** 4.13 Request Entity Too Large (RFC 7959, Section 2.9.3). */
  public static final Code REQUEST_ENTITY_TOO_LARGE = of(4, 13);

  /** 4.15 Unsupported Content-Format. */
  public static final Code UNSUPPORTED_CONTENT_FORMAT = of(4, 15);

  /** 4.22 Unprocessable Entity (RFC 8132, Section 3.4). */
  public static final Code UNPROCESSABLE_ENTITY = of(4, 22);

  /** 4.29 Too Many Requests (RFC 8516). */
  public static final Code TOO_MANY_REQUESTS = of(4, 29);

  /** 5.00 Internal Server Error. */
  public static final Code INTERNAL_SERVER_ERROR = of(5, 0);

  /** 5.01 Not Implemented. */
  public static final Code NOT_IMPLEMENTED = of(5, 1);

  /** 5.02 Bad Gateway. */
  public static final Code BAD_GATEWAY = of(5, 2);

  /** 5.03 Service Unavailable; Max-Age says when to come back. */
  public static final Code SERVICE_UNAVAILABLE = of(5, 3);

  /** 5.04 Gateway Timeout. */
  public static final Code GATEWAY_TIMEOUT = of(5, 4);

  /** 5.05 Proxying Not Supported. */
  public static final Code PROXYING_NOT_SUPPORTED = of(5, 5);

  /** 5.08 Hop Limit Reached (RFC 8768). */
  public static final Code HOP_LIMIT_REACHED = of(5, 8);

  /** 7.01 CSM: capabilities and settings, over reliable transports (RFC 8323, Section 5.3). */
  public static final Code CSM = of(7, 1);

  /** 7.02 Ping (RFC 8323, Section 5.4). */
  public static final Code PING = of(7, 2);

  /** 7.03 Pong (RFC 8323, Section 5.4). */
  public static final Code PONG = of(7, 3);

  /** 7.04 Release: close the connection in good order (RFC 8323, Section 5.5). */
  public static final Code RELEASE = of(7, 4);

  /** 7.05 Abort: the connection ends here (RFC 8323, Section 5.6). */
  public static final Code ABORT = of(7, 5);

  private static final Map<Code, String> NAMES =
      Map.ofEntries(
          Map.entry(EMPTY, "Empty"),
          Map.entry(GET, "GET"),
          Map.entry(POST, "POST"),
          Map.entry(PUT, "PUT"),
          Map.entry(DELETE, "DELETE"),
          Map.entry(FETCH, "FETCH"),
          Map.entry(PATCH, "PATCH"),
          Map.entry(IPATCH, "iPATCH"),
          Map.entry(CREATED, "Created"),
          Map.entry(DELETED, "Deleted"),
          Map.entry(VALID, "Valid"),
          Map.entry(CHANGED, "Changed"),
          Map.entry(CONTENT, "Content"),
          Map.entry(CONTINUE, "Continue"),
          Map.entry(BAD_REQUEST, "Bad Request"),
          Map.entry(UNAUTHORIZED, "Unauthorized"),
          Map.entry(BAD_OPTION, "Bad Option"),
          Map.entry(FORBIDDEN, "Forbidden"),
          Map.entry(NOT_FOUND, "Not Found"),
          Map.entry(METHOD_NOT_ALLOWED, "Method Not Allowed"),
          Map.entry(NOT_ACCEPTABLE, "Not Acceptable"),
          Map.entry(REQUEST_ENTITY_INCOMPLETE, "Request Entity Incomplete"),
          Map.entry(CONFLICT, "Conflict"),
          Map.entry(PRECONDITION_FAILED, "Precondition Failed"),
          Map.entry(REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large"),
          Map.entry(UNSUPPORTED_CONTENT_FORMAT, "Unsupported Content-Format"),
          Map.entry(UNPROCESSABLE_ENTITY, "Unprocessable Entity"),
          Map.entry(TOO_MANY_REQUESTS, "Too Many Requests"),
          Map.entry(INTERNAL_SERVER_ERROR, "Internal Server Error"),
          Map.entry(NOT_IMPLEMENTED, "Not Implemented"),
          Map.entry(BAD_GATEWAY, "Bad Gateway"),
          Map.entry(SERVICE_UNAVAILABLE, "Service Unavailable"),
          Map.entry(GATEWAY_TIMEOUT, "Gateway Timeout"),
          Map.entry(PROXYING_NOT_SUPPORTED, "Proxying Not Supported"),
          Map.entry(HOP_LIMIT_REACHED, "Hop Limit Reached"),
          Map.entry(CSM, "CSM"),
          Map.entry(PING, "Ping"),
          Map.entry(PONG, "Pong"),
          Map.entry(RELEASE, "Release"),
          Map.entry(ABORT, "Abort"));

  private final int raw;

  private Code(int raw) {
    this.raw = raw;
  }

  /**
   * The code {@code codeClass.detail}.
   *
   * @throws IllegalArgumentException when the class is not 0 to 7 or the detail not 0 to 31
   */
  public static Code of(int codeClass, int detail) {
    if (codeClass < 0 || codeClass > 7 || detail < 0 || detail > 31) {
      throw new IllegalArgumentException("no code " + codeClass + "." + detail);
    }
    return ALL[(codeClass << 5) | detail];
  }

  /** The code for the octet on the wire; only the low 8 bits are used. */
  public static Code ofOctet(int octet) {
    return ALL[octet & 0xff];
  }

  /** The octet on the wire, 0 to 255. */
  public int octet() {
    return raw;
  }

  /** The class, 0 to 7. */
  public int codeClass() {
    return raw >> 5;
  }

  /** The detail, 0 to 31. */
  public int detail() {
    return raw & 31;
  }

  /** True for 0.01 to 0.31, assigned or not. */
  public boolean isRequest() {
    return raw > 0 && raw < 32;
  }

  /** True for the classes 2, 4 and 5, assigned or not. */
  public boolean isResponse() {
    int codeClass = codeClass();
    return codeClass == 2 || codeClass == 4 || codeClass == 5;
  }

  /** True for the class 7, assigned or not: a signalling message (RFC 8323, Section 5.1). */
  public boolean isSignal() {
    return codeClass() == 7;
  }

  /** True for the class 2. */
  public boolean isSuccess() {
    return codeClass() == 2;
  }

  /**
   * True for methods without effects on the resource: GET and FETCH (RFC 7252, Section 5.1; RFC
   * 8132).
   */
  public boolean isSafe() {
    return this == GET || this == FETCH;
  }

  /**
   * True for methods that may be repeated with the same effect (RFC 7252, Section 5.1; RFC 8132).
   */
  public boolean isIdempotent() {
    return isSafe() || this == PUT || this == DELETE || this == IPATCH;
  }

  /** The registered name, or {@code c.dd} when the code is unassigned. */
  public String title() {
    return NAMES.getOrDefault(this, toString());
  }

  /** The dotted form {@code c.dd}. */
  @Override
  public String toString() {
    return codeClass() + "." + (detail() < 10 ? "0" : "") + detail();
  }
}
