package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cli.edn.Item;
import dev.moat.cli.entry.Entry;
import dev.moat.cli.file.Place;
import dev.moat.cli.file.SecretFile;
import dev.moat.cli.keys.CoseKeyItems;
import dev.moat.cli.keys.CredentialEntries;
import dev.moat.cli.keys.KeyFile;
import dev.moat.cli.keys.KeyFormatException;
import dev.moat.cli.keys.Pem;
import dev.moat.cli.keys.StoredKey;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Primitives;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads who to be and whom to accept from one entry. */
final class EntryReader {
  private static final String OWN_CRED = "own-cred";
  private static final String OWN_CHAIN_FILE = "own-chain-file";
  private static final String KEY_FILE = "private-key-file";

  private final Entry entry;
  private final Primitives primitives;
  private final boolean insecureMode;

  EntryReader(Entry entry, Primitives primitives, boolean insecureMode) {
    this.entry = entry;
    this.primitives = primitives;
    this.insecureMode = insecureMode;
  }

  /** The own identity; empty in an entry about peers only. */
  Optional<OwnIdentity> own() {
    Optional<Credential> credential = ownCredential();
    Optional<PrivateKey> key = privateKey();
    if (credential.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    if (credential.isEmpty() || key.isEmpty()) {
      throw entry
          .place()
          .misuse(
              "has "
                  + (key.isEmpty() ? "an own credential without" : "a private key without its")
                  + (key.isEmpty() ? " private key" : " credential"),
              "Add own-cred or own-chain-file, and private-key or private-key-file.");
    }
    if (!key.get().publicKey().sameKey(credential.get().key())) {
      throw entry
          .place()
          .member(OWN_CRED)
          .misuse("does not belong to the private key", "Give the credential made for this key.");
    }
    return Optional.of(
        new OwnIdentity(
            new OwnStyle(entry, primitives.symmetric()).of(credential.get()),
            credential.get(),
            key.get(),
            KeyUses.of(entry, "own-cred-use", credential.get())));
  }

  private Optional<Credential> ownCredential() {
    Optional<Credential> inline =
        entry
            .item(OWN_CRED)
            .map(item -> CredentialReader.read(entry.place().member(OWN_CRED), item));
    Optional<Credential> chain = entry.text(OWN_CHAIN_FILE).map(this::chain);
    if (inline.isPresent() && chain.isPresent()) {
      throw entry
          .place()
          .member(OWN_CHAIN_FILE)
          .misuse("stands beside " + OWN_CRED, "Leave one of the two out.");
    }
    return inline.or(() -> chain);
  }

  private Credential chain(String file) {
    Place place = entry.place().member(OWN_CHAIN_FILE);
    try {
      return Credential.x509Chain(certificates(place, file));
    } catch (CoseException e) {
      throw place.misuse(
          "names a chain that cannot be used: " + e.getMessage(),
          "The end entity's certificate comes first, then those that lead to the anchor.");
    }
  }

  private Optional<PrivateKey> privateKey() {
    Optional<PrivateKey> inline = entry.item(CredentialEntries.PRIVATE_KEY).map(this::inlineKey);
    Optional<PrivateKey> stored = entry.text(KEY_FILE).map(this::storedKey);
    if (inline.isPresent() && stored.isPresent()) {
      throw entry
          .place()
          .member(KEY_FILE)
          .misuse("stands beside " + CredentialEntries.PRIVATE_KEY, "Leave one of the two out.");
    }
    return inline.or(() -> stored);
  }

  private PrivateKey inlineKey(Item item) {
    refuseWhenShared();
    Place place = entry.place().member(CredentialEntries.PRIVATE_KEY);
    try {
      return pair(place, CoseKeyItems.read(item, primitives.curves()));
    } catch (KeyFormatException e) {
      throw place.misuse(e.rule(), e.advice());
    }
  }

  private PrivateKey storedKey(String file) {
    Place place = entry.place().member(KEY_FILE);
    return pair(place, new KeyFile(primitives.curves(), insecureMode).read(beside(file)));
  }

  private static PrivateKey pair(Place place, StoredKey key) {
    if (key instanceof StoredKey.Pair pair) {
      return pair.key();
    }
    key.close();
    throw place.misuse("has no private key", "Give one that 'moat keygen' wrote.");
  }

  /** The credentials that are accepted as they are. */
  List<KnownPeer> peers() {
    Place place = entry.place().member("peer-cred");
    return entry.list("peer-cred", "peer-creds").stream()
        .map(item -> CredentialReader.read(place, item))
        .map(
            credential -> new KnownPeer(credential, KeyUses.of(entry, "peer-cred-use", credential)))
        .toList();
  }

  /** The certificates, in DER, of those who certify peers. */
  List<Bytes> anchors() {
    Place place = entry.place().member("trust-anchors");
    List<Bytes> anchors = new ArrayList<>();
    for (Item item : entry.typed("trust-anchors", Item::array, "an array").orElse(List.of())) {
      anchors.add(CredentialReader.certificate(place, item));
    }
    entry
        .text("trust-anchors-file")
        .ifPresent(
            file -> anchors.addAll(certificates(entry.place().member("trust-anchors-file"), file)));
    return anchors;
  }

  /** The names that a certified peer may have; empty for any. */
  List<String> subjects() {
    Place place = entry.place().member("peer-subject");
    return entry.list("peer-subject", "peer-subjects").stream()
        .map(item -> Entry.typed(place, item, Item::text, "a text"))
        .toList();
  }

  /** The key that both sides have. */
  Optional<SharedKey> shared() {
    Optional<Entry> psk = entry.inner(CredentialEntries.PSK);
    if (psk.isPresent()) {
      refuseWhenShared();
    }
    return psk.map(one -> new SharedKeyReader(one).read());
  }

  private void refuseWhenShared() {
    if (!insecureMode) {
      SecretFile.refuseWhenShared(entry.place().file());
    }
  }

  private List<Bytes> certificates(Place place, String file) {
    Bytes content = SecretFile.publicOctets(beside(file));
    String text = content.toUtf8();
    if (!Pem.isPem(text)) {
      return List.of(content);
    }
    try {
      List<Bytes> certificates =
          Pem.read(text).stream()
              .filter(pem -> pem.label().equals("CERTIFICATE"))
              .map(Pem::content)
              .toList();
      if (certificates.isEmpty()) {
        throw place.misuse("names a file without certificates", "Give one in PEM or DER.");
      }
      return certificates;
    } catch (KeyFormatException e) {
      throw place.misuse("names a file that " + e.rule(), e.advice());
    }
  }

  /** As it is written, or else beside the credentials file. */
  private Path beside(String file) {
    Path asWritten = Path.of(file);
    Path beside = entry.place().file().toAbsolutePath().resolveSibling(asWritten);
    return Files.exists(beside) ? beside : asWritten;
  }
}
