package dev.moat.cli.tls;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.edn.Item;
import dev.moat.cli.entry.Entry;
import dev.moat.cli.entry.EntryMap;
import dev.moat.cli.file.Place;
import dev.moat.cli.file.SecretFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The kinds of entries in credentials files that are for DTLS and TLS: aiocoap's {@code dtls} and
 * {@code tlscert}, and {@code x509} and {@code rpk}. Files that they name stand beside the
 * credentials file.
 */
public final class TlsEntries {
  private static final String DTLS = "dtls";
  private static final String TLSCERT = "tlscert";
  private static final String X509 = "x509";
  private static final String RPK = "rpk";
  private static final Set<String> KINDS = Set.of(DTLS, TLSCERT, X509, RPK);

  private final CredentialParts parts;
  private final boolean insecureMode;

  TlsEntries(CredentialParts parts, boolean insecureMode) {
    this.parts = parts;
    this.insecureMode = insecureMode;
  }

  /** True when credentials of this kind are for DTLS or TLS. */
  public static boolean isKind(String kind) {
    return KINDS.contains(kind);
  }

  /** True when the files may have some of these kinds: cheaper than reading them. */
  public static boolean mayBeIn(List<Path> files) {
    return !files.isEmpty() && KINDS.stream().anyMatch(kind -> EntryMap.mention(files, kind));
  }

  /** True when the entry is for DTLS or TLS. */
  static boolean isForTls(Entry entry) {
    return KINDS.stream().anyMatch(entry::has);
  }

  /** Takes an entry for a client. */
  void addForClient(Entry entry) {
    add(entry, parts::offer);
  }

  /** Takes an entry for a server. */
  void addForServer(Entry entry) {
    add(entry, parts::accept);
  }

  private void add(Entry entry, BiConsumer<String, SecretBytes> psk) {
    String kind = entry.kind();
    Entry content = entry.inner(kind).orElseThrow();
    switch (kind) {
      case DTLS -> dtls(content, psk);
      case TLSCERT -> {
        content.allow(Set.of("certfile"));
        parts.trust(file(content, content.required("certfile"), "certfile"));
      }
      case X509 -> x509(content);
      default -> rpk(content);
    }
  }

  private void dtls(Entry entry, BiConsumer<String, SecretBytes> psk) {
    entry.allow(Set.of("psk", "client-identity"));
    if (!insecureMode) {
      SecretFile.refuseWhenShared(entry.place().file());
    }
    Bytes identity = octets(entry, "client-identity");
    if (!identity.isUtf8()) {
      throw entry
          .place()
          .member("client-identity")
          .misuse("is no UTF-8", "RFC 4279, Section 5.1 wants identities in UTF-8.");
    }
    psk.accept(identity.toUtf8(), SecretBytes.owned(octets(entry, "psk").toArray()));
  }

  private static Bytes octets(Entry entry, String name) {
    Place place = entry.place().member(name);
    Item item = entry.required(name);
    Bytes octets =
        Entry.typed(place, item, Item::octets, "{\"hex\": \"...\"} or {\"ascii\": \"...\"}");
    if (octets.isEmpty()) {
      throw place.misuse("is empty", "Give it at least one octet.");
    }
    return octets;
  }

  private void x509(Entry entry) {
    entry.allow(Set.of("ca", "cas", "certificate", "private-key", "anonymous-clients"));
    entry.list("ca", "cas").forEach(ca -> parts.trust(file(entry, ca, "ca")));
    Optional<Path> key = entry.item("private-key").map(item -> file(entry, item, "private-key"));
    if (key.isPresent() && !entry.has("certificate")) {
      throw entry.place().member("private-key").misuse("needs a certificate", "Add its file.");
    }
    entry
        .item("certificate")
        .ifPresent(item -> parts.certificate(file(entry, item, "certificate"), key));
    if (entry.flag("anonymous-clients").orElse(false)) {
      parts.allowAnonymousClients();
    }
  }

  private void rpk(Entry entry) {
    entry.allow(Set.of("private-key", "peer", "peers"));
    entry.item("private-key").ifPresent(item -> parts.rawKey(file(entry, item, "private-key")));
    entry.list("peer", "peers").forEach(peer -> parts.trustRawKey(file(entry, peer, "peer")));
  }

  private static Path file(Entry entry, Item item, String name) {
    String text = Entry.typed(entry.place().member(name), item, Item::text, "the name of a file");
    return entry.place().file().toAbsolutePath().resolveSibling(Path.of(text));
  }
}
