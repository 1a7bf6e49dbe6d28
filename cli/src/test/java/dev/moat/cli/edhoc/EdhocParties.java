package dev.moat.cli.edhoc;

import dev.moat.cli.CommandRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A phone and a lock with credentials for every method, in a folder. */
final class EdhocParties {
  private final Path folder;

  EdhocParties(Path folder) {
    this.folder = folder;
    for (String name : List.of("phone", "lock")) {
      keygen(name + "-dh", "--subject", name);
      keygen(name + "-sign", "--subject", name, "--use", "sign");
    }
    keygen("pair", "--type", "psk", "--initiator", "phone", "--responder", "lock");
  }

  /** Makes a credential, in {@code name.json} and {@code name.pub.json}. */
  void keygen(String name, String... options) {
    List<String> all = new ArrayList<>(List.of("keygen", name, "--out", file(name + ".json")));
    all.addAll(List.of(options));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    if (run.status() != 0) {
      throw new AssertionError(run.err());
    }
  }

  String file(String name) {
    return folder.resolve(name).toString();
  }

  /** The options that give {@code own} its credentials for a method, and the peer's. */
  List<String> options(String option, String own, String peer, int method) {
    List<String> names =
        method == 4
            ? List.of("pair.json")
            : List.of(
                own + "-dh.json",
                own + "-sign.json",
                peer + "-dh.pub.json",
                peer + "-sign.pub.json");
    List<String> all = new ArrayList<>();
    names.forEach(name -> all.addAll(List.of(option, file(name))));
    return all;
  }

  /** What {@code moat serve} takes as the lock. */
  List<String> lock(int method) {
    List<String> all = options("--edhoc", "lock", "phone", method);
    all.addAll(List.of("--methods", Integer.toString(method), "--reverse", "--show-secrets"));
    return all;
  }

  /** What {@code moat get} takes as the phone. */
  List<String> phone(int method) {
    List<String> all = options("--credentials", "phone", "lock", method);
    all.add("--show-secrets");
    return all;
  }
}
