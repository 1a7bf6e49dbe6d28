package dev.moat.cli.keys;

import dev.moat.bytes.Bytes;
import dev.moat.cli.edn.EdnWriter;
import dev.moat.pki.maker.KeyEncoding;

/** How a key is written. */
public enum KeyFormat {
  /** COSE_Key in CBOR. */
  CBOR("cbor") {
    @Override
    public Bytes write(StoredKey key) {
      return CoseKeyItems.of(key).encoded();
    }
  },
  /** COSE_Key in diagnostic notation. */
  DIAG("diag") {
    @Override
    public Bytes write(StoredKey key) {
      return Bytes.utf8(EdnWriter.diagnostic(CoseKeyItems.of(key)));
    }
  },
  /** PKCS #8 or SubjectPublicKeyInfo in PEM. */
  PEM("pem") {
    @Override
    public Bytes write(StoredKey key) {
      Pem block =
          key.fold(
              pair -> new Pem("PRIVATE KEY", KeyEncoding.privateKey(pair)),
              open -> new Pem("PUBLIC KEY", KeyEncoding.encoded(open)),
              shared -> {
                throw new IllegalArgumentException(
                    "PEM has no form for symmetric keys; write --format cbor, diag or jwk");
              });
      return Bytes.utf8(block.text());
    }
  },
  /** JSON Web Key. */
  JWK("jwk") {
    @Override
    public Bytes write(StoredKey key) {
      return Bytes.utf8(EdnWriter.json(JwkKeys.of(key)));
    }
  };

  private final String suffix;

  KeyFormat(String suffix) {
    this.suffix = suffix;
  }

  /** The usual end of a file's name. */
  public String suffix() {
    return suffix;
  }

  /**
   * The content of a file with this key.
   *
   * @throws IllegalArgumentException when the format has no form for this kind of key
   */
  public abstract Bytes write(StoredKey key);
}
