package dev.moat.cose.credential;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.cose.LabelledMap;
import java.util.ArrayList;
import java.util.List;

/** Reads the header map of an {@link IdCred} (RFC 9528, Section 3.5.3; RFC 9360, Section 2). */
final class IdCredReader {
  /** A URI (RFC 8949, Section 3.4.5.3). */
  static final int URI_TAG = 32;

  private IdCredReader() {}

  static IdCred read(Bytes encoded) throws CoseException {
    Bytes octets = encoded.compact();
    LabelledMap map = LabelledMap.decode(octets, Reason.BAD_ID_CRED);
    if (map.size() == 0) {
      throw new CoseException(Reason.BAD_ID_CRED);
    }
    try {
      CborReader reader = new CborReader(octets);
      var unused = reader.map();
      long label = label(reader);
      Bytes value = reader.item();
      IdCred.Type type = map.size() == 1 ? IdCred.Type.of(label) : IdCred.Type.OTHER;
      return new IdCred(type, label, octets, value, value(type, new CborReader(value)));
    } catch (CborException refused) {
      throw CoseException.reading(refused, Reason.BAD_ID_CRED);
    }
  }

  private static long label(CborReader reader) throws CborException {
    if (reader.kind() == CborKind.TEXT) {
      reader.skip();
      return 0;
    }
    return reader.integer();
  }

  private static IdCredValue value(IdCred.Type type, CborReader reader)
      throws CborException, CoseException {
    return switch (type) {
      case KID -> IdCredValue.of(List.of(reader.bytes()));
      case KCCS -> {
        require(reader.kind() == CborKind.MAP);
        yield IdCredValue.none();
      }
      case KCWT -> {
        require(reader.kind() == CborKind.ARRAY || reader.kind() == CborKind.TAG);
        yield IdCredValue.none();
      }
      case C5T, X5T -> IdCredValue.of(hash(reader));
      case C5U, X5U -> IdCredValue.ofUri(uri(reader));
      case C5B, C5C, X5BAG, X5CHAIN -> IdCredValue.of(certificates(reader));
      case OTHER -> IdCredValue.none();
    };
  }

  /** {@code [ hashAlg: (int / tstr), hashValue: bstr ]}. */
  private static CertificateHash hash(CborReader reader) throws CborException, CoseException {
    require(reader.array() == 2);
    long algorithm = 0;
    if (reader.kind() == CborKind.TEXT) {
      reader.skip();
    } else {
      algorithm = reader.integer();
    }
    return new CertificateHash(algorithm, reader.bytes());
  }

  private static String uri(CborReader reader) throws CborException, CoseException {
    require(reader.tag() == URI_TAG);
    return reader.text();
  }

  /** {@code bstr / [ 2*certs: bstr ]}. */
  private static List<Bytes> certificates(CborReader reader) throws CborException, CoseException {
    if (reader.kind() == CborKind.BYTES) {
      return List.of(reader.bytes());
    }
    int count = reader.array();
    require(count >= 2);
    if (count > Credential.MAX_CHAIN) {
      throw new CoseException(Reason.CREDENTIAL_TOO_LARGE);
    }
    List<Bytes> certificates = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      certificates.add(reader.bytes());
    }
    return List.copyOf(certificates);
  }

  private static void require(boolean shape) throws CoseException {
    if (!shape) {
      throw new CoseException(Reason.BAD_ID_CRED);
    }
  }
}
