package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.EdhocException;

/** Messages that are one byte string and nothing else: message_2 to message_4. */
final class SingleString {
  private SingleString() {}

  static Bytes decode(Bytes message) throws EdhocException {
    try {
      CborReader reader = new CborReader(message);
      Bytes content = reader.bytes();
      reader.end();
      return content;
    } catch (CborException refused) {
      throw EdhocException.reading(refused);
    }
  }

  static Bytes encode(Bytes content) {
    return new CborWriter().bytes(content).toBytes();
  }
}
