package dev.moat.cost.records;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.Bytes;
import java.util.OptionalInt;

/** The version in a ServerHello (RFC 8446, Sections 4.1.3 and 4.2.1). */
public final class ServerHello {
  /** The number of TLS 1.3. */
  public static final int TLS_1_3 = 0x0304;

  /** The number of DTLS 1.3. */
  public static final int DTLS_1_3 = 0xfefc;

  private static final int RANDOM_OCTETS = 32;
  private static final int SUPPORTED_VERSIONS = 43;

  private ServerHello() {}

  /** The version that the server selected; nothing when the body ends too early. */
  public static OptionalInt version(Bytes body) {
    try {
      ByteReader reader = new ByteReader(body);
      int legacy = reader.u16();
      reader.bytes(RANDOM_OCTETS);
      reader.bytes(reader.u8()); // session identifier
      reader.u16(); // cipher suite
      reader.u8(); // compression
      return OptionalInt.of(reader.remaining() < 2 ? legacy : extended(reader, legacy));
    } catch (IndexOutOfBoundsException ends) {
      return OptionalInt.empty();
    }
  }

  private static int extended(ByteReader hello, int legacy) {
    ByteReader extensions = new ByteReader(hello.bytes(hello.u16()));
    while (extensions.remaining() > 0) {
      int type = extensions.u16();
      Bytes value = extensions.bytes(extensions.u16());
      if (type == SUPPORTED_VERSIONS) {
        return new ByteReader(value).u16();
      }
    }
    return legacy;
  }
}
