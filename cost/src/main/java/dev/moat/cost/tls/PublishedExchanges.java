package dev.moat.cost.tls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordOverhead;
import dev.moat.cost.exchange.RecordedExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What documents publish of protocols that do not run here, DTLS 1.3 and cTLS above all, and of
 * those that do, to compare. Each row names its document. Sums are computed from the rows, never
 * taken from print.
 *
 * @param handshakes sizes of flights
 * @param overheads what records add, with tags of 8 octets
 * @param footprints implementations on devices
 */
public record PublishedExchanges(
    List<PublishedHandshake> handshakes,
    List<RecordOverhead> overheads,
    List<PublishedFootprint> footprints) {
  private static final String RESOURCE = "published.json";

  /** Keeps copies. */
  public PublishedExchanges {
    handshakes = List.copyOf(handshakes);
    overheads = List.copyOf(overheads);
    footprints = List.copyOf(footprints);
  }

  /** All that comes with this module. */
  public static PublishedExchanges read() {
    try (InputStream in = PublishedExchanges.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the module lacks its resource " + RESOURCE);
      }
      JsonNode root = new ObjectMapper().readTree(in);
      return new PublishedExchanges(
          rows(root, "handshakes", PublishedExchanges::handshake),
          rows(root, "overheads", PublishedExchanges::overhead),
          rows(root, "footprints", PublishedExchanges::footprint));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The handshakes as exchanges. */
  public List<RecordedExchange> exchanges() {
    return handshakes.stream().map(PublishedHandshake::exchange).toList();
  }

  private static <T> List<T> rows(JsonNode root, String table, Function<JsonNode, T> row) {
    List<T> rows = new ArrayList<>();
    root.required(table).forEach(node -> rows.add(row.apply(node)));
    return rows;
  }

  private static PublishedHandshake handshake(JsonNode row) {
    List<Integer> flights = new ArrayList<>();
    row.required("flights").forEach(octets -> flights.add(octets.intValue()));
    return new PublishedHandshake(
        text(row, "id"),
        text(row, "title"),
        Protocol.valueOf(text(row, "protocol")),
        flights,
        number(row, "printed_total"),
        text(row, "source"));
  }

  private static RecordOverhead overhead(JsonNode row) {
    String note = row.has("note") ? "; " + text(row, "note") : "";
    return new RecordOverhead(
        Protocol.valueOf(text(row, "protocol")),
        text(row, "variant"),
        0,
        0,
        Origin.PUBLISHED,
        number(row, "request"),
        number(row, "response"),
        number(row, "tag"),
        text(row, "source") + note);
  }

  private static PublishedFootprint footprint(JsonNode row) {
    return new PublishedFootprint(
        text(row, "name"),
        number(row, "flash"),
        number(row, "ram"),
        number(row, "messages"),
        number(row, "frames"),
        number(row, "octets"),
        row.required("milliseconds").doubleValue(),
        row.required("millijoule").doubleValue(),
        text(row, "source"));
  }

  private static String text(JsonNode row, String member) {
    return row.required(member).textValue();
  }

  private static int number(JsonNode row, String member) {
    return row.required(member).intValue();
  }
}
