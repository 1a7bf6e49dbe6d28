package dev.moat.oscore.context;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.CoseAlgorithms;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import java.util.Optional;

/**
 * The derivation of keys (RFC 8613, Section 3.2.1): one HKDF-Extract, then one HKDF-Expand for each
 * output. Owned by one thread; closing it erases the pseudorandom key.
 */
public final class KeySchedule implements AutoCloseable {
  private final ContextParameters parameters;
  private final Crypto crypto;
  private final SecretBytes pseudorandomKey;

  /** Extracts; the parameters must stay open until this is closed. */
  public KeySchedule(ContextParameters parameters, Crypto crypto) {
    this.parameters = parameters;
    this.crypto = crypto;
    this.pseudorandomKey =
        crypto.hkdfExtract(parameters.hkdf(), parameters.masterSalt(), parameters.masterSecret());
  }

  /** The keys and the Common IV of {@code parameters}; the caller closes them. */
  public static DerivedKeys derive(ContextParameters parameters, Crypto crypto) {
    try (KeySchedule schedule = new KeySchedule(parameters, crypto)) {
      return schedule.keys();
    }
  }

  /** The keys and the Common IV; the caller closes them. */
  public DerivedKeys keys() {
    int keyOctets = parameters.aead().keyOctets();
    return new DerivedKeys(
        expand(parameters.senderId(), "Key", keyOctets),
        expand(parameters.recipientId(), "Key", keyOctets),
        open(expand(Bytes.empty(), "IV", parameters.aead().nonceOctets())));
  }

  private SecretBytes expand(Bytes id, String type, int octets) {
    Bytes info = info(id, parameters.idContext(), parameters.aead(), type, octets);
    return crypto.hkdfExpand(parameters.hkdf(), pseudorandomKey, info, octets);
  }

  /**
   * The info structure of one output.
   *
   * @param id the owner's ID, empty for the Common IV
   * @param type Key or IV
   * @param octets the output's length
   */
  public static Bytes info(
      Bytes id, Optional<Bytes> idContext, AeadAlgorithm aead, String type, int octets) {
    CborWriter info = new CborWriter().array(5).bytes(id);
    idContext.ifPresentOrElse(info::bytes, info::nothing);
    return info.integer(CoseAlgorithms.idOf(aead)).text(type).integer(octets).toBytes();
  }

  /** The public name of the context. */
  ContextFingerprint fingerprint() {
    return new ContextFingerprint(named("moat fingerprint", ContextFingerprint.LENGTH_OCTETS));
  }

  /** The number of the context among security associations: never 0, the top bit set. */
  long association() {
    return new ByteReader(named("moat association", Long.BYTES)).uint(Long.BYTES) | Long.MIN_VALUE;
  }

  /** Six items where {@link #info} has five, so that no output is ever a key. */
  private Bytes named(String label, int octets) {
    CborWriter info = new CborWriter().array(6).text(label);
    info.bytes(parameters.senderId()).bytes(parameters.recipientId());
    parameters.idContext().ifPresentOrElse(info::bytes, info::nothing);
    info.integer(CoseAlgorithms.idOf(parameters.aead())).integer(octets);
    return open(crypto.hkdfExpand(parameters.hkdf(), pseudorandomKey, info.toBytes(), octets));
  }

  private static Bytes open(SecretBytes notSecret) {
    try (notSecret) {
      return notSecret.use(Bytes::copyOf);
    }
  }

  @Override
  public void close() {
    pseudorandomKey.close();
  }
}
