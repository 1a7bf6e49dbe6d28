package dev.moat.radio.lorawan;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.stream.IntStream;

/** The LoRaWAN section of the reference figures. */
public final class LorawanReference {
  private LorawanReference() {}

  /** A part of the section. */
  public static JsonNode part(String name) {
    JsonNode part = section().get(name);
    return Objects.requireNonNull(part, name);
  }

  /** A time in milliseconds as whole microseconds; fails when it has a finer fraction. */
  public static long micros(JsonNode millis) {
    return millis.decimalValue().movePointRight(3).longValueExact();
  }

  /** A time as seconds with so many decimals as the figure beside it has at most. */
  public static BigDecimal seconds(long micros, int decimals) {
    return BigDecimal.valueOf(micros, 6).setScale(decimals, RoundingMode.HALF_UP);
  }

  /** The sizes of a list. */
  public static int[] sizes(JsonNode list) {
    return IntStream.range(0, list.size()).map(i -> list.get(i).intValue()).toArray();
  }

  private static JsonNode section() {
    try (InputStream file =
        LorawanReference.class.getResourceAsStream("/lightweight-reference.json")) {
      return new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .readTree(file)
          .get("lorawan");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
