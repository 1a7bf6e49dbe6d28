package dev.moat.conformance;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The project's modules, which of them may know which, and their compiled main classes. */
final class Modules {
  /** Pure modules: no I/O, clock, thread, logger or hidden randomness. */
  static final Set<String> CORES =
      Set.of(
          "bytes",
          "cbor",
          "crypto",
          "cose",
          "coap",
          "coap-engine",
          "oscore",
          "edhoc",
          "edhoc-coap",
          "radio");

  /** For each module those it may depend on; the picture is in docs/architecture.md. */
  static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          entry("bytes"),
          entry("testkit", "bytes"),
          entry("cbor", "bytes"),
          entry("crypto", "bytes"),
          entry("crypto-bc", "bytes", "crypto"),
          entry("cose", "bytes", "cbor", "crypto"),
          entry("pki", "bytes", "crypto", "cose"),
          entry("coap", "bytes", "cbor"),
          entry("coap-engine", "bytes", "cbor", "coap"),
          entry("oscore", "bytes", "cbor", "crypto", "cose", "coap"),
          entry("edhoc", "bytes", "cbor", "crypto", "cose"),
          entry(
              "edhoc-coap",
              "bytes",
              "cbor",
              "crypto",
              "cose",
              "coap",
              "coap-engine",
              "oscore",
              "edhoc"),
          entry("store", "bytes", "crypto", "oscore"),
          entry(
              "endpoint",
              "bytes",
              "cbor",
              "crypto",
              "crypto-bc",
              "cose",
              "pki",
              "coap",
              "coap-engine",
              "oscore",
              "edhoc",
              "edhoc-coap"),
          entry(
              "foe",
              "bytes",
              "cbor",
              "crypto",
              "crypto-bc",
              "cose",
              "pki",
              "coap",
              "coap-engine",
              "oscore",
              "edhoc",
              "edhoc-coap",
              "endpoint"),
          entry("radio", "bytes"),
          entry(
              "cost",
              "bytes",
              "cbor",
              "crypto",
              "crypto-bc",
              "cose",
              "pki",
              "coap",
              "coap-engine",
              "oscore",
              "edhoc",
              "edhoc-coap",
              "endpoint",
              "radio"),
          entry(
              "cli",
              "bytes",
              "cbor",
              "crypto",
              "cose",
              "pki",
              "coap",
              "coap-engine",
              "crypto-bc",
              "oscore",
              "edhoc",
              "edhoc-coap",
              "store",
              "endpoint",
              "foe",
              "radio",
              "cost"),
          entry(
              "examples",
              "bytes",
              "crypto",
              "crypto-bc",
              "cose",
              "pki",
              "coap",
              "coap-engine",
              "oscore",
              "edhoc",
              "edhoc-coap",
              "store",
              "endpoint"));

  /** The main classes of every module in {@link #MAY_KNOW}. */
  static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("dev.moat");

  /** A module's folder is what stands before its output folder, in jars and folders alike. */
  private static final Pattern FOLDER = Pattern.compile(".*/([^/]+)/target/.*");

  private Modules() {}

  private static Map.Entry<String, Set<String>> entry(String module, String... mayKnow) {
    return Map.entry(module, Set.of(mayKnow));
  }

  /** The module that a class was compiled in; empty for classes that are not ours. */
  static Optional<String> of(JavaClass type) {
    if (!type.getPackageName().startsWith("dev.moat")) {
      return Optional.empty();
    }
    return type.getSource()
        .map(Source::getUri)
        .map(uri -> FOLDER.matcher(uri.toString()))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1));
  }

  /** Classes of one of these modules. */
  static DescribedPredicate<JavaClass> in(Set<String> modules) {
    return DescribedPredicate.describe(
        "are in modules " + new TreeSet<>(modules),
        type -> of(type).filter(modules::contains).isPresent());
  }
}
