package dev.moat.conformance.interop;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;

/** What a client understood, or what a server is to say. */
record Answer(Code code, Bytes body) {
  static Answer of(Code code) {
    return new Answer(code, Bytes.empty());
  }

  static Answer content(Bytes body) {
    return new Answer(Code.CONTENT, body);
  }

  String text() {
    return body.toUtf8();
  }
}
