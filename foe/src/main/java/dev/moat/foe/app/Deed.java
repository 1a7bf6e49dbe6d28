package dev.moat.foe.app;

import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.foe.scenario.Ask;

/**
 * Something a server application did because of a request.
 *
 * @param nanos when
 * @param method the request's method
 * @param path its path
 * @param body its body, blanks reduced to one
 */
public record Deed(long nanos, Code method, String path, String body) {
  static Deed of(long nanos, Request request) {
    return new Deed(nanos, request.method(), request.path(), words(request.payload().toUtf8()));
  }

  /** True when {@code ask} asks for just this. */
  public boolean isWhat(Ask ask) {
    return method == ask.method() && path.equals(ask.path()) && body.equals(words(ask.payload()));
  }

  /** True when both are the same at different times. */
  public boolean isLike(Deed other) {
    return method == other.method && path.equals(other.path) && body.equals(other.body);
  }

  static String words(String text) {
    return text.strip().replaceAll(" +", " ");
  }

  @Override
  public String toString() {
    return method.title() + " " + path + (body.isEmpty() ? "" : " \"" + body + "\"");
  }
}
