package dev.moat.cost.device;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;
import dev.moat.coap.message.Code;
import dev.moat.cose.key.KeyCurve;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.context.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * How much code EDHOC adds to a device that has CoAP and OSCORE, from the classes of this very
 * program.
 *
 * <p>Instructions of a virtual machine are no flash of a device: a compiler for a microcontroller
 * makes other code of the same logic, and this library does more than a device has to (both roles,
 * all methods and suites, EDHOC-PSK, EAD, padding, GREASE). Curves and ciphers are not in either
 * sum. What compares is the proportion of the two.
 *
 * @param base what a device with OSCORE has anyway
 * @param added what EDHOC adds
 */
public record CodeSize(List<ModuleSize> base, List<ModuleSize> added) {
  private static final String SUFFIX = ".class";

  /** Keeps copies. */
  public CodeSize {
    base = List.copyOf(base);
    added = List.copyOf(added);
  }

  /**
   * Looks where the classes of the modules come from: folders or jars.
   *
   * @throws IllegalStateException when the class path does not say
   * @throws UncheckedIOException when they cannot be read
   */
  public static CodeSize measure() {
    return new CodeSize(
        List.of(
            module("bytes", Bytes.class),
            module("cbor", CborWriter.class),
            module("crypto", Primitives.class),
            module("cose", KeyCurve.class),
            module("coap", Code.class),
            module("coap-engine", Router.class),
            module("oscore", SecurityContext.class)),
        List.of(module("edhoc", Role.class), module("edhoc-coap", RecipientIds.class)));
  }

  /** The sum of what is there anyway. */
  public ModuleSize baseSum() {
    return sum(base, "CoAP and OSCORE");
  }

  /** The sum of what EDHOC adds. */
  public ModuleSize addedSum() {
    return sum(added, "EDHOC");
  }

  /** What EDHOC adds, as a part of what is there anyway, by code and literals. */
  public double addedPart() {
    return (double) addedSum().codeOctets() / baseSum().codeOctets();
  }

  private static ModuleSize sum(List<ModuleSize> modules, String name) {
    return modules.stream()
        .reduce(new ModuleSize(name, 0, 0, 0, 0), (one, other) -> one.plus(other, name));
  }

  private static ModuleSize module(String name, Class<?> member) {
    CodeSource source = member.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalStateException("it is not known where " + member + " comes from");
    }
    try {
      Path place = Path.of(source.getLocation().toURI());
      List<Bytes> files = Files.isDirectory(place) ? ofFolder(place) : ofJar(place);
      ModuleSize size = new ModuleSize(name, 0, 0, 0, 0);
      for (Bytes file : files) {
        ClassFile read = ClassFile.read(file);
        size =
            size.plus(
                new ModuleSize(name, 1, read.octets(), read.bytecodeOctets(), read.literalOctets()),
                name);
      }
      return size;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (URISyntaxException odd) {
      throw new IllegalStateException("no file: " + source.getLocation(), odd);
    }
  }

  private static List<Bytes> ofFolder(Path folder) throws IOException {
    List<Bytes> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
        files.add(Bytes.owned(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  private static List<Bytes> ofJar(Path jar) throws IOException {
    List<Bytes> files = new ArrayList<>();
    try (JarFile opened = new JarFile(jar.toFile())) {
      for (JarEntry entry : opened.stream().toList()) {
        if (entry.getName().endsWith(SUFFIX)) {
          try (InputStream in = opened.getInputStream(entry)) {
            files.add(Bytes.owned(in.readAllBytes()));
          }
        }
      }
    }
    return files;
  }
}
