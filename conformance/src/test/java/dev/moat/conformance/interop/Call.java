package dev.moat.conformance.interop;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;

/**
 * One request as every stack can make it.
 *
 * @param path absolute, without query
 * @param query one Uri-Query argument, or empty
 * @param unknownCritical adds an option that no stack knows and every stack must refuse
 */
public record Call(
    Code method,
    String path,
    String query,
    Bytes body,
    boolean confirmable,
    boolean unknownCritical) {
  /** Critical by its lowest bit, from the range for experiments (RFC 7252, Section 12.2). */
  public static final int UNKNOWN_CRITICAL_OPTION = 65_001;

  public static Call get(String path) {
    return new Call(Code.GET, path, "", Bytes.empty(), true, false);
  }

  public static Call put(String path, Bytes body) {
    return new Call(Code.PUT, path, "", body, true, false);
  }

  public static Call put(String path, String body) {
    return put(path, Bytes.utf8(body));
  }

  public static Call post(String path, String body) {
    return new Call(Code.POST, path, "", Bytes.utf8(body), true, false);
  }

  public static Call delete(String path) {
    return new Call(Code.DELETE, path, "", Bytes.empty(), true, false);
  }

  public Call withQuery(String argument) {
    return new Call(method, path, argument, body, confirmable, unknownCritical);
  }

  /** Path and query as in a URI. */
  public String target() {
    return query.isEmpty() ? path : path + "?" + query;
  }

  public Call nonConfirmable() {
    return new Call(method, path, query, body, false, unknownCritical);
  }

  public Call withUnknownCriticalOption() {
    return new Call(method, path, query, body, confirmable, true);
  }

  /** Says how long the body is, and not what it is. */
  @Override
  public String toString() {
    return method + " " + target() + " with " + body.length() + " octets";
  }
}
