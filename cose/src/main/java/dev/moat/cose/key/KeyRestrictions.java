package dev.moat.cose.key;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;
import dev.moat.cose.CoseAlgorithms;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.cose.LabelledMap;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/** What the alg and key_ops of a public COSE_Key permit (RFC 9052, Section 7.1). */
final class KeyRestrictions {
  private static final int ALG = 3;
  private static final int KEY_OPS = 4;

  private static final int VERIFY = 2;
  private static final int DERIVE_KEY = 7;
  private static final int DERIVE_BITS = 8;

  /** ECDH-ES and ECDH-SS, with and without key wrap (RFC 9053, Sections 6.3 and 6.4). */
  private static final int FIRST_ECDH = -34;

  private static final int LAST_ECDH = -25;

  private KeyRestrictions() {}

  static Set<KeyUse> read(KeyCurve curve, Bytes coseKey, Reason notThis) throws CoseException {
    LabelledMap map = LabelledMap.decode(coseKey, notThis);
    Set<KeyUse> uses = EnumSet.allOf(KeyUse.class);
    OptionalLong algorithm = map.integer(ALG);
    if (algorithm.isPresent()) {
      uses.retainAll(ofAlgorithm(curve, algorithm.getAsLong()));
    }
    if (map.has(KEY_OPS)) {
      uses.retainAll(ofOperations(map.item(KEY_OPS).orElseThrow(), notThis));
    }
    return uses;
  }

  private static Set<KeyUse> ofAlgorithm(KeyCurve curve, long id) {
    if (curve.signature().filter(known -> CoseAlgorithms.isIdOf(id, known)).isPresent()) {
      return EnumSet.of(KeyUse.SIGNATURE);
    }
    boolean isEcdh = id >= FIRST_ECDH && id <= LAST_ECDH;
    return isEcdh ? EnumSet.of(KeyUse.AGREEMENT) : EnumSet.noneOf(KeyUse.class);
  }

  /** The public half of a key that derives has no operations at all (RFC 9053, Section 6.3.1). */
  private static Set<KeyUse> ofOperations(Bytes array, Reason notThis) throws CoseException {
    try {
      CborReader reader = new CborReader(array);
      int count = reader.array();
      Set<KeyUse> uses = EnumSet.noneOf(KeyUse.class);
      if (count == 0) {
        uses.add(KeyUse.AGREEMENT);
      }
      for (int i = 0; i < count; i++) {
        addOperation(reader, uses);
      }
      return uses;
    } catch (CborException refused) {
      throw CoseException.reading(refused, notThis);
    }
  }

  private static void addOperation(CborReader reader, Set<KeyUse> uses) throws CborException {
    if (reader.kind() == CborKind.TEXT) {
      reader.skip();
      return;
    }
    long id = reader.integer();
    if (id == VERIFY) {
      uses.add(KeyUse.SIGNATURE);
    }
    if (id == DERIVE_KEY || id == DERIVE_BITS) {
      uses.add(KeyUse.AGREEMENT);
    }
  }
}
