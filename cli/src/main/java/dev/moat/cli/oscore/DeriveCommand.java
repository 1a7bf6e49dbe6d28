package dev.moat.cli.oscore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Exit;
import dev.moat.cli.console.Style;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.context.ContextParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code moat oscore derive}: what a security context derives, for comparing two sides. */
@Command(
    name = "derive",
    header = "Print what a security context derives (RFC 8613, 3.2).",
    description = {
      "",
      "Prints identifiers, algorithms, Common IV, the first nonce of each side and a fingerprint,"
          + " for each recipient. Two sides that agree have the same Common IV, and each other's"
          + " nonces. Changes no state and prints no key unless --show-secrets asks for it.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 when derived, 1 when the context is wrong, 2 for wrong usage.",
      "",
      "Examples:",
      "  moat oscore derive -E client.conf",
      "  moat oscore derive --master-secret 0102030405060708090a0b0c0d0e0f10 \\",
      "      --master-salt 9e7ca92223786340 --sender-id '' --recipient-id 01 --show-secrets"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DeriveCommand implements Callable<Integer> {
  private static final int NAME_WIDTH = 23;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-E", "--oscore"},
      paramLabel = "CONF",
      description = "The security context, in libcoap's oscore_conf format.")
  private @Nullable String conf;

  @Mixin private ContextOptions options;

  @Option(
      names = "--insecure-file-mode",
      description = "Accept a file with secrets that other users may read.")
  private boolean insecureFileMode;

  @Option(names = "--show-secrets", description = "Print the Sender Key and the Recipient Key too.")
  private boolean showSecrets;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** Created by picocli. */
  public DeriveCommand() {}

  @Override
  public Integer call() {
    List<Map<String, String>> contexts = derive();
    Console console = Console.of(spec);
    if (json) {
      console.result(json(contexts).toPrettyString());
    } else {
      contexts.forEach(context -> print(console, context));
    }
    if (!showSecrets && !json) {
      console.note(Style.FAINT, "keys are not shown; --show-secrets prints them");
    }
    return Exit.OK;
  }

  private List<Map<String, String>> derive() {
    List<Map<String, String>> contexts = new ArrayList<>();
    try (OscoreConf source = source()) {
      source.warnings().forEach(Console.of(spec)::note);
      if (source.derivesAnew()) {
        Console.of(spec)
            .note(
                "rfc8613_b_2: messages are protected by other keys, with a random ID Context; compare"
                    + " these to see whether both sides have the same parameters");
      }
      for (ContextParameters one : source.parameters()) {
        try (one) {
          contexts.add(DerivedContext.of(one, JdkCrypto.create(), showSecrets));
        }
      }
    }
    return contexts;
  }

  private OscoreConf source() {
    try {
      if (conf == null) {
        return options.conf();
      }
      if (options.given()) {
        throw new IllegalArgumentException("give the context by -E or by options, not by both");
      }
      return OscoreConfFile.of(conf).read(insecureFileMode);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static void print(Console console, Map<String, String> context) {
    context.forEach(
        (name, value) ->
            console.result(
                name
                    + " ".repeat(NAME_WIDTH - name.length())
                    + (value.isEmpty() ? "(empty)" : value)));
    console.result("");
  }

  /** One object per recipient; names in camel case, as elsewhere. */
  private static ArrayNode json(List<Map<String, String>> contexts) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Map<String, String> context : contexts) {
      ObjectNode node = list.addObject();
      context.forEach((name, value) -> node.put(camelCase(name), value));
    }
    return list;
  }

  private static String camelCase(String name) {
    String[] words = name.split(" ", -1);
    StringBuilder joined = new StringBuilder();
    for (String word : words) {
      boolean abbreviation = word.equals("ID") || word.equals("IV") || word.equals("AEAD");
      String rest = abbreviation ? word.substring(1).toLowerCase(Locale.ROOT) : word.substring(1);
      joined.append(Character.toUpperCase(word.charAt(0))).append(rest);
    }
    joined.setCharAt(0, Character.toLowerCase(joined.charAt(0)));
    return joined.toString();
  }
}
