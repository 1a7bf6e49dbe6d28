package dev.moat.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;

/** Looks the JDK's primitives up; every Java platform of version 17 has all of them. */
final class JdkCiphers {
  private JdkCiphers() {}

  static Cipher cipher(String transformation) {
    try {
      return Cipher.getInstance(transformation);
    } catch (GeneralSecurityException missing) {
      throw broken(missing);
    }
  }

  static MessageDigest digest(HashAlgorithm hash) {
    try {
      return MessageDigest.getInstance(
          switch (hash) {
            case SHA_256 -> "SHA-256";
            case SHA_384 -> "SHA-384";
            case SHA_512 -> "SHA-512";
          });
    } catch (GeneralSecurityException missing) {
      throw broken(missing);
    }
  }

  /** For what a correct platform never does. */
  static IllegalStateException broken(GeneralSecurityException failure) {
    return new IllegalStateException("this platform's cryptography does not work", failure);
  }
}
