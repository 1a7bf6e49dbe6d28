package dev.moat.crypto;

import dev.moat.bytes.Bytes;

/** Keys of RFC 6979, and their signatures of "sample" with the hash of the curve's size. */
public enum Rfc6979 {
  /** Appendix A.2.5, with SHA-256. */
  P_256(
      SignatureAlgorithm.ES256,
      "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
      "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
          + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
      "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
          + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"),
  /** Appendix A.2.6, with SHA-384. */
  P_384(
      SignatureAlgorithm.ES384,
      "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d8"
          + "96d5724e4c70a825f872c9ea60d2edf5",
      "ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64"
          + "def8f0ea9055866064a254515480bc13"
          + "8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1"
          + "288b231c3ae0d4fe7344fd2533264720",
      "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c"
          + "81a648152e44acf96e36dd1e80fabe46"
          + "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94f"
          + "a329c145786e679e7b82c71a38628ac8");

  /** The algorithm. */
  public final SignatureAlgorithm algorithm;

  /** The private key, x in the RFC. */
  public final Bytes scalar;

  /** Ux and Uy. */
  public final Bytes publicKey;

  /** r and s. */
  public final Bytes signatureOfSample;

  Rfc6979(SignatureAlgorithm algorithm, String scalar, String publicKey, String signature) {
    this.algorithm = algorithm;
    this.scalar = Bytes.hex(scalar);
    this.publicKey = Bytes.hex(publicKey);
    this.signatureOfSample = Bytes.hex(signature);
  }
}
