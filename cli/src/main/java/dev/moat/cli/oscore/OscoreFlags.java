package dev.moat.cli.oscore;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.cli.entry.EntryMap;
import dev.moat.cli.tls.TlsEntries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags that name OSCORE security contexts; picocli fills them in. */
public final class OscoreFlags {
  @Option(
      names = {"-E", "--oscore"},
      paramLabel = "CONF[,SEQ_FILE]",
      description =
          "Protect with the OSCORE security context in CONF (libcoap's oscore_conf format). Sequence"
              + " numbers are kept in SEQ_FILE, else in CONF.moat-state.")
  @Nullable String conf;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "Protect as aiocoap's map in FILE says for the URI: by DTLS or TLS (dtls, tlscert, x509,"
              + " rpk), with an OSCORE security context, or with one that EDHOC establishes. May be"
              + " repeated save for OSCORE: with EDHOC, one's own credentials and those of the peer"
              + " mostly are in two files.")
  List<Path> credentials = List.of();

  @Option(
      names = "--insecure-file-mode",
      description = "Accept files with secrets that other users may read.")
  boolean insecureFileMode;

  /** Created by picocli. */
  public OscoreFlags() {}

  /** True when protection is asked for. */
  public boolean given() {
    return conf != null || !credentials.isEmpty();
  }

  /** True when a security context is given by a file of its own. */
  public boolean isByFile() {
    return conf != null;
  }

  /**
   * Refuses them where there is nothing to protect.
   *
   * @throws IllegalArgumentException when one is present; the message says why
   */
  public void refuse(String why) {
    if (given()) {
      throw new IllegalArgumentException(
          (conf != null ? "-E" : "--credentials") + " cannot protect " + why);
    }
  }

  /**
   * Checks what can be checked without reading a file.
   *
   * @throws IllegalArgumentException when the flags contradict each other
   */
  public void check() {
    if (conf != null && !credentials.isEmpty()) {
      throw new IllegalArgumentException("give the context by -E or by --credentials, not by both");
    }
    if (conf != null) {
      OscoreConfFile unused = OscoreConfFile.of(conf);
    }
  }

  /**
   * The contexts for requests to {@code uri}; none when no flag is there. The first is to be used.
   */
  public OpenedContexts openFor(String uri, Console console) {
    OpenedContexts opened = new OpenedContexts();
    if (conf != null) {
      open(opened, OscoreConfFile.of(conf), console);
      if (opened.size() > 1) {
        console.note("-E names several recipients; a client uses the first");
      }
    }
    if (!credentials.isEmpty()) {
      CredentialsMap.read(map(), insecureFileMode).openFor(uri, opened);
    }
    return opened;
  }

  /** All contexts, for a server; none when no flag is there. */
  public OpenedContexts openAll(Console console) {
    OpenedContexts opened = new OpenedContexts();
    if (conf != null) {
      open(opened, OscoreConfFile.of(conf), console);
    }
    boolean others = !TlsEntries.mayBeIn(credentials) || EntryMap.mention(credentials, "oscore");
    if (!credentials.isEmpty() && others) {
      CredentialsMap.read(map(), insecureFileMode).openAll(opened);
    }
    return opened;
  }

  private Path map() {
    if (credentials.size() > 1) {
      throw Failure.usage(
          "only credentials for EDHOC may be in several files",
          "Give OSCORE security contexts in one file.");
    }
    return credentials.get(0);
  }

  /** The files of credentials; none when others are given, or none at all. */
  public List<Path> credentials() {
    return List.copyOf(credentials);
  }

  /** True to accept secrets in files that other users may read. */
  public boolean insecureFileMode() {
    return insecureFileMode;
  }

  /** Keys of a run of Appendix B.2 end with the process, hence so do their sequence numbers. */
  private static void derive(
      OpenedContexts opened, OscoreConf settings, OscoreConfFile file, Console console) {
    file.sequence()
        .ifPresent(
            sequence ->
                console.note(
                    sequence + " is not used: with rfc8613_b_2 each start derives new keys"));
    opened.addDeriving(settings);
  }

  private void open(OpenedContexts opened, OscoreConfFile file, Console console) {
    try (OscoreConf settings = file.read(insecureFileMode)) {
      settings.warnings().forEach(console::note);
      if (settings.derivesAnew()) {
        derive(opened, settings, file, console);
        return;
      }
      if (file.sequence().isPresent()) {
        Path sequence = file.sequence().get();
        file.refuseToBeginAnew();
        opened.add(settings, () -> StateKeeper.sequence(sequence));
        return;
      }
      if (!Files.exists(file.state())) {
        console.note(
            "sequence numbers are kept in "
                + file.state()
                + "; keep it with the configuration, and never bring an older copy back");
      }
      opened.add(settings, () -> StateKeeper.database(file.state()));
    }
  }
}
