package dev.moat.conformance.interop;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;

/** What a client understood, or what a server is to say. */
public record Answer(Code code, Bytes body) {
  public static Answer of(Code code) {
    return new Answer(code, Bytes.empty());
  }

  public static Answer content(Bytes body) {
    return new Answer(Code.CONTENT, body);
  }

  public String text() {
    return body.toUtf8();
  }
}
