package dev.moat.cli.oscore;

import dev.moat.cli.console.Console;
import java.nio.file.Files;
import java.nio.file.Path;
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
      description = "Protect with the OSCORE security context for the URI in aiocoap's JSON map.")
  @Nullable Path credentials;

  @Option(
      names = "--insecure-file-mode",
      description = "Accept files with secrets that other users may read.")
  boolean insecureFileMode;

  /** Created by picocli. */
  public OscoreFlags() {}

  /** True when protection is asked for. */
  public boolean given() {
    return conf != null || credentials != null;
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
    if (conf != null && credentials != null) {
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
    if (credentials != null) {
      CredentialsMap.read(credentials, insecureFileMode).openFor(uri, opened);
    }
    return opened;
  }

  /** All contexts, for a server; none when no flag is there. */
  public OpenedContexts openAll(Console console) {
    OpenedContexts opened = new OpenedContexts();
    if (conf != null) {
      open(opened, OscoreConfFile.of(conf), console);
    }
    if (credentials != null) {
      CredentialsMap.read(credentials, insecureFileMode).openAll(opened);
    }
    return opened;
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
