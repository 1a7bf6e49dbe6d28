package dev.moat.cli.edhoc;

import dev.moat.cli.console.Failure;
import dev.moat.cli.entry.Entry;
import dev.moat.cli.entry.EntryMap;
import dev.moat.cli.keys.CredentialEntries;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What one or several credentials files have for EDHOC: the kind {@code edhoc-oscore}. */
public final class CredentialsFiles {
  private final boolean insecureMode;
  private final EntryMap entries;

  private CredentialsFiles(EntryMap entries, boolean insecureMode) {
    this.entries = entries;
    this.insecureMode = insecureMode;
  }

  /**
   * Reads files, which may refer to each other's entries.
   *
   * @param insecureMode true to accept secrets in files that other users may read
   * @throws Failure when one cannot be read, is no credentials file, or has secrets that others may
   *     read
   */
  public static CredentialsFiles read(List<Path> files, boolean insecureMode) {
    return new CredentialsFiles(EntryMap.read(files), insecureMode);
  }

  /** True when one of the files has entries for EDHOC, as far as can be told without reading it. */
  public static boolean mentionEdhoc(List<Path> files) {
    return EntryMap.mention(files, CredentialEntries.EDHOC);
  }

  /** True when there is an entry for EDHOC, rather than for other kinds only. */
  public boolean hasEdhoc() {
    return entries.hasKind(CredentialEntries.EDHOC);
  }

  /**
   * True when what {@link #forUri} finds is for EDHOC, or when it finds nothing among entries of
   * which some are.
   */
  public boolean isEdhocFor(String uri) {
    Optional<Entry> found = entries.forUri(uri);
    return found.map(entry -> entry.has(CredentialEntries.EDHOC)).orElseGet(this::hasEdhoc);
  }

  /**
   * For requests to {@code uri}: the entry with the longest pattern that matches. In files without
   * any pattern all entries count for every URI.
   *
   * @throws Failure when there is none, or one that is wrong
   */
  public EdhocCredentials forUri(String uri) {
    if (entries.isWithoutPatterns()) {
      return all();
    }
    Entry found =
        entries
            .forUri(uri)
            .orElseThrow(
                () ->
                    Failure.usage(
                        entries.names() + " has no credentials for " + uri,
                        "Add an entry such as \"" + uri + "\", or one that ends with *."));
    EdhocCredentials.Collector collector = new EdhocCredentials.Collector(insecureMode);
    collector.add(edhoc(found));
    return collector.collect();
  }

  /**
   * What all entries have together: for a server, to which anyone may come.
   *
   * @throws Failure when one is wrong
   */
  public EdhocCredentials all() {
    EdhocCredentials.Collector collector = new EdhocCredentials.Collector(insecureMode);
    entries.all().forEach(entry -> collector.add(edhoc(entry)));
    return collector.collect();
  }

  private static Entry edhoc(Entry entry) {
    String kind = entry.kind();
    if (kind.equals(CredentialEntries.CA)) {
      throw entry
          .place()
          .misuse(
              "is the secret part of a certification authority",
              "Peers need its public part only; an identity is made with 'moat keygen NAME --type"
                  + " x509 --ca FILE'.");
    }
    if (!kind.equals(CredentialEntries.EDHOC)) {
      throw entry
          .place()
          .misuse("has credentials of the kind " + kind, "Only edhoc-oscore can be used here.");
    }
    return entry.inner(kind).orElseThrow();
  }
}
