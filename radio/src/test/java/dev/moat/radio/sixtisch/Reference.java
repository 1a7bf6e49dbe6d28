package dev.moat.radio.sixtisch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The 6TiSCH figures of the reference file. */
public final class Reference {
  private Reference() {}

  /** Its member {@code 6tisch}. */
  public static JsonNode sixtisch() {
    try (InputStream in = Reference.class.getResourceAsStream("/lightweight-reference.json")) {
      return new ObjectMapper().readTree(in).get("6tisch");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
