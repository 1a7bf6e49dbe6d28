package dev.moat.cose;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;
import dev.moat.cose.CoseException.Reason;
import dev.moat.cose.CoseKey.Operation;
import dev.moat.crypto.AeadAlgorithm;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads the parameters of one symmetric key (RFC 9052, Section 7.1). Owned by one thread. */
final class KeyReader {
  private static final Bytes KTY = Bytes.of(0x01);
  private static final Bytes KID = Bytes.of(0x02);
  private static final Bytes ALG = Bytes.of(0x03);
  private static final Bytes KEY_OPS = Bytes.of(0x04);
  private static final Bytes BASE_IV = Bytes.of(0x05);
  private static final Bytes K = Bytes.of(0x20);
  private static final int SYMMETRIC = 4;

  private Optional<Bytes> kid = Optional.empty();
  private Optional<AeadAlgorithm> algorithm = Optional.empty();
  private Optional<Bytes> baseIv = Optional.empty();
  private Set<Operation> operations = EnumSet.allOf(Operation.class);
  private Bytes secret = Bytes.empty();
  private boolean symmetric;

  private KeyReader() {}

  /** Copies out of {@code encoded}, which the caller erases. */
  static CoseKey read(Bytes encoded) throws CborException, CoseException {
    KeyReader key = new KeyReader();
    CborReader reader = new CborReader(encoded);
    int entries = reader.map();
    for (int i = 0; i < entries; i++) {
      key.readEntry(reader.item(), reader);
    }
    reader.end();
    if (!key.symmetric || key.secret.isEmpty()) {
      throw new CoseException(Reason.BAD_KEY);
    }
    return key.key();
  }

  private CoseKey key() {
    byte[] octets = secret.toArray();
    try {
      return new CoseKey(SecretBytes.copyOf(octets), kid, algorithm, baseIv, operations);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private void readEntry(Bytes label, CborReader reader) throws CborException, CoseException {
    if (label.equals(KTY)) {
      symmetric = reader.integer() == SYMMETRIC;
    } else if (label.equals(KID)) {
      kid = Optional.of(reader.bytes().compact());
    } else if (label.equals(ALG)) {
      algorithm = Optional.of(readAlgorithm(reader));
    } else if (label.equals(KEY_OPS)) {
      operations = readOperations(reader);
    } else if (label.equals(BASE_IV)) {
      baseIv = Optional.of(reader.bytes().compact());
    } else if (label.equals(K)) {
      secret = reader.bytes();
    } else {
      reader.skip();
    }
  }

  private static AeadAlgorithm readAlgorithm(CborReader reader)
      throws CborException, CoseException {
    return CoseAlgorithms.aead(reader.integer())
        .orElseThrow(() -> new CoseException(Reason.UNKNOWN_ALGORITHM));
  }

  /** Numbers or texts; of the numbers 3 is to encrypt and 4 to decrypt. */
  private static Set<Operation> readOperations(CborReader reader) throws CborException {
    Set<Operation> found = EnumSet.noneOf(Operation.class);
    int count = reader.array();
    for (int i = 0; i < count; i++) {
      if (reader.kind() == CborKind.TEXT) {
        reader.skip();
        continue;
      }
      long id = reader.integer();
      if (id == 3 || id == 4) {
        found.add(id == 3 ? Operation.ENCRYPT : Operation.DECRYPT);
      }
    }
    return found;
  }
}
