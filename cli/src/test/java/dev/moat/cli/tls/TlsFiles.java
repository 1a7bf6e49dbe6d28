package dev.moat.cli.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cli.CommandRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of {@code moat keygen} for tests.
 *
 * @param folder where they are
 */
public record TlsFiles(Path folder) {
  /** Makes an authority, a server and a client certificate, a PSK, and two raw public keys. */
  public static TlsFiles make(Path folder) {
    TlsFiles files = new TlsFiles(folder);
    files.set("house");
    files.keygen("phone", "--type", "dtls-psk", "--out", files.at("phone.json"));
    for (String name : List.of("lock", "pad")) {
      files.keygen(name, "--type", "rpk", "--out", files.at(name + ".pem"));
    }
    return files;
  }

  /** Makes an authority with a server and a client certificate. */
  public void set(String name, String... options) {
    List<String> all = new ArrayList<>(List.of(name, "--type", "tls", "--out", folder.toString()));
    all.addAll(List.of(options));
    keygen(all.toArray(String[]::new));
  }

  /** Runs keygen, which must succeed. */
  public void keygen(String... arguments) {
    List<String> all = new ArrayList<>(List.of("keygen"));
    all.addAll(List.of(arguments));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
  }

  /** A file's name. */
  public String at(String name) {
    return folder.resolve(name).toString();
  }
}
