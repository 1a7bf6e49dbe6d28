package dev.moat.cost.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Text that stands inside the page as a script or a style.
 *
 * @param text exactly what stands between the tags
 */
record Embedded(String text) {
  private static final String CHART_JS = "/META-INF/resources/webjars/chart.js/4.5.1/";

  /** The library that draws. The comment that names it and its licence stands at its head. */
  static Embedded chartLibrary() {
    String library = resource(CHART_JS + "dist/chart.umd.min.js");
    // The map is not in the page, and a browser's tools would look for it beside the file.
    return new Embedded(library.replaceAll("\\n//# sourceMappingURL=.*\\n?", "\n"));
  }

  /** The licence of that library, which goes with every copy. */
  static String chartLicence() {
    return resource(CHART_JS + "LICENSE.md").strip();
  }

  /** A file of this package. */
  static Embedded file(String name) {
    return new Embedded(resource("/dev/moat/cost/report/html/" + name));
  }

  /** What a Content-Security-Policy calls this text, so that no other script or style counts. */
  String source() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Embedded.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      // A browser counts every line end as one octet, and so must the hash above.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
