package dev.moat.coap.problem;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborLimits;
import dev.moat.cbor.CborMapWriter;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.ContentFormat;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Why a request failed (RFC 9290, Section 2). Must not say anything that an attacker may not know.
 *
 * @param title a short summary of the kind of problem
 * @param detail what is particular to this occurrence
 * @param instance a URI reference that identifies this occurrence
 * @param responseCode the code of the response that carried it first
 * @param baseUri what relative references resolve against
 * @param unprocessedOptions numbers of options that were not understood (Section 3.1.1)
 * @param otherEntries entries that are not understood here, kept as they are (Section 3), in
 *     ascending order of keys
 */
public record ProblemDetails(
    Optional<String> title,
    Optional<String> detail,
    Optional<String> instance,
    Optional<Code> responseCode,
    Optional<String> baseUri,
    List<Integer> unprocessedOptions,
    List<Entry> otherEntries) {

  static final int TITLE = -1;
  static final int DETAIL = -2;
  static final int INSTANCE = -3;
  static final int RESPONSE_CODE = -4;
  static final int BASE_URI = -5;
  static final int UNPROCESSED_OPTION = -8;

  /** Problem details are small; a longer payload is none. */
  private static final CborLimits LIMITS = new CborLimits(4096, 8);

  private static final ProblemDetails NONE =
      new ProblemDetails(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of());

  /** Copies the lists and brings the other entries into order. */
  public ProblemDetails {
    unprocessedOptions = List.copyOf(unprocessedOptions);
    otherEntries = otherEntries.stream().sorted(Comparator.comparing(Entry::encodedKey)).toList();
  }

  /**
   * One entry of another vocabulary.
   *
   * @param encodedKey the CBOR encoding of the key
   * @param encodedValue the CBOR encoding of the value
   */
  public record Entry(Bytes encodedKey, Bytes encodedValue) {
    /** A custom entry whose key is a URI or a registered number, encoded already (Section 3.2). */
    public Entry {
      if (encodedKey.isEmpty() || encodedValue.isEmpty()) {
        throw new IllegalArgumentException("an entry has a key and a value");
      }
    }
  }

  /** Problem details with a title. */
  public static ProblemDetails of(String title) {
    return NONE.withTitle(title);
  }

  /** What a 4.02 says of critical options that could not be processed (RFC 7252, Section 5.4.1). */
  public static ProblemDetails unprocessed(List<Option> options) {
    List<Integer> numbers = options.stream().map(Option::number).distinct().toList();
    return of("Unprocessable critical option").withUnprocessedOptions(numbers);
  }

  /** These details with another title. */
  public ProblemDetails withTitle(String text) {
    return new ProblemDetails(
        Optional.of(text),
        detail,
        instance,
        responseCode,
        baseUri,
        unprocessedOptions,
        otherEntries);
  }

  /** These details with another detail. */
  public ProblemDetails withDetail(String text) {
    return new ProblemDetails(
        title,
        Optional.of(text),
        instance,
        responseCode,
        baseUri,
        unprocessedOptions,
        otherEntries);
  }

  /** These details with another instance. */
  public ProblemDetails withInstance(String uri) {
    return new ProblemDetails(
        title, detail, Optional.of(uri), responseCode, baseUri, unprocessedOptions, otherEntries);
  }

  /** These details with another response code. */
  public ProblemDetails withResponseCode(Code code) {
    return new ProblemDetails(
        title, detail, instance, Optional.of(code), baseUri, unprocessedOptions, otherEntries);
  }

  /** These details with another base URI. */
  public ProblemDetails withBaseUri(String uri) {
    return new ProblemDetails(
        title, detail, instance, responseCode, Optional.of(uri), unprocessedOptions, otherEntries);
  }

  /** These details with other numbers of unprocessed options. */
  public ProblemDetails withUnprocessedOptions(List<Integer> numbers) {
    return new ProblemDetails(
        title, detail, instance, responseCode, baseUri, numbers, otherEntries);
  }

  /** These details and one more entry of another vocabulary. */
  public ProblemDetails withEntry(Entry entry) {
    List<Entry> entries = new ArrayList<>(otherEntries);
    entries.add(entry);
    return new ProblemDetails(
        title, detail, instance, responseCode, baseUri, unprocessedOptions, entries);
  }

  /**
   * The data item, deterministically encoded.
   *
   * @throws IllegalStateException when there is no entry at all: the map must not be empty (Section
   *     2)
   */
  public Bytes encode() {
    if (equals(NONE)) {
      throw new IllegalStateException("problem details without any entry");
    }
    return new CborWriter().map(this::putEntries).toBytes();
  }

  private void putEntries(CborMapWriter map) {
    title.ifPresent(text -> map.put(TITLE, value -> value.text(text)));
    detail.ifPresent(text -> map.put(DETAIL, value -> value.text(text)));
    instance.ifPresent(uri -> map.put(INSTANCE, value -> value.text(uri)));
    responseCode.ifPresent(code -> map.put(RESPONSE_CODE, value -> value.integer(code.octet())));
    baseUri.ifPresent(uri -> map.put(BASE_URI, value -> value.text(uri)));
    if (!unprocessedOptions.isEmpty()) {
      map.put(UNPROCESSED_OPTION, this::writeOptionNumbers);
    }
    for (Entry entry : otherEntries) {
      map.put(entry.encodedKey(), value -> value.encoded(entry.encodedValue()));
    }
  }

  /** Section 3.1.1: one number stands alone, several stand in an array. */
  private void writeOptionNumbers(CborWriter value) {
    if (unprocessedOptions.size() > 1) {
      value.array(unprocessedOptions.size());
    }
    unprocessedOptions.forEach(value::integer);
  }

  /**
   * Decodes a data item. Language tags of title and detail (tag 38) are dropped, entries that are
   * not understood are kept.
   *
   * @throws CborException when it is no deterministic CBOR, or UNEXPECTED_ITEM when it is something
   *     else than problem details
   */
  public static ProblemDetails decode(Bytes payload) throws CborException {
    return ProblemReader.read(new CborReader(payload, LIMITS), NONE);
  }

  /**
   * The details in a response, when its Content-Format says that there are some.
   *
   * @throws CborException when the payload is something else
   */
  public static Optional<ProblemDetails> from(Response response) throws CborException {
    if (response.options().contentFormat().orElse(-1) != ContentFormat.PROBLEM_DETAILS) {
      return Optional.empty();
    }
    return Optional.of(decode(response.payload()));
  }

  /**
   * A response with {@code code} that carries these details; their response code becomes the same
   * (Section 2).
   */
  public Response toResponse(Code code) {
    Option format = Option.uint(OptionNumber.CONTENT_FORMAT, ContentFormat.PROBLEM_DETAILS);
    return new Response(code, Options.of(format), withResponseCode(code).encode());
  }
}
