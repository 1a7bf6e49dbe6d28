package dev.moat.conformance.crash;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Starts {@link KilledPeer} cheaply, as hundreds are needed: its classes are packed into one file
 * and kept in loaded form, and SQLite's library is unpacked once.
 */
final class Launcher {
  /** Everything else on the tests' class path only costs time. */
  private static final String NEEDED =
      ".*[/\\\\](bytes|testkit|cbor|crypto|cose|coap|oscore|store|conformance)[/\\\\]target[/\\\\].*"
          + "|.*sqlite-jdbc.*";

  private final List<String> options;
  private final List<String> archived;

  private Launcher(List<String> options, List<String> archived) {
    this.options = options;
    this.archived = archived;
  }

  /** Prepares everything in {@code folder}. */
  static Launcher in(Path folder) throws IOException, InterruptedException {
    Path library = unpackLibrary(folder);
    List<String> options =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:CICompilerCount=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xmx64m",
            "-Dorg.sqlite.lib.path=" + library.getParent(),
            "-Dorg.sqlite.lib.name=" + library.getFileName(),
            "-cp",
            classPath(folder.resolve("classes.jar")));
    Path archive = folder.resolve("classes.jsa");
    Launcher first = new Launcher(options, List.of("-XX:ArchiveClassesAtExit=" + archive));
    Process warmUp = first.start(folder, 0, 0, Weakness.NONE);
    warmUp.getOutputStream().close();
    if (warmUp.waitFor() != 0) {
      throw new AssertionError(Files.readString(folder.resolve("errors-0")));
    }
    // A machine that cannot use the archive, or did not write one, goes on without.
    return new Launcher(options, List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive));
  }

  private static Path unpackLibrary(Path folder) throws IOException {
    String resource =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    Path library = folder.resolve(LibraryLoaderUtil.getNativeLibName());
    try (InputStream in = LibraryLoaderUtil.class.getResourceAsStream(resource)) {
      var unused = Files.copy(Objects.requireNonNull(in, resource), library);
    }
    return library;
  }

  /** Folders become one file: classes in folders cannot be archived. */
  private static String classPath(Path packed) throws IOException {
    List<String> entries = new ArrayList<>(List.of(packed.toString()));
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(packed))) {
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        if (entry.matches(NEEDED) && Files.isDirectory(Path.of(entry))) {
          pack(Path.of(entry), out);
        } else if (entry.matches(NEEDED)) {
          entries.add(entry);
        }
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void pack(Path root, ZipOutputStream out) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : new TreeSet<>(files.toList())) {
        String name = root.relativize(file).toString().replace(File.separatorChar, '/');
        if (name.startsWith("dev/moat/") && name.endsWith(".class")) {
          out.putNextEntry(new ZipEntry(name));
          copy(file, out);
        }
      }
    }
  }

  private static void copy(Path file, OutputStream out) throws IOException {
    long unused = Files.copy(file, out);
  }

  /** A process that waits to be told to begin. */
  Process start(Path folder, int life, long seed, Weakness weakness) throws IOException {
    List<String> command = new ArrayList<>(options);
    command.addAll(1, archived);
    command.addAll(
        List.of(
            KilledPeer.class.getName(),
            folder.toString(),
            Integer.toString(life),
            Long.toString(seed),
            weakness.name()));
    return new ProcessBuilder(command)
        .redirectError(folder.resolve("errors-" + life).toFile())
        .start();
  }
}
