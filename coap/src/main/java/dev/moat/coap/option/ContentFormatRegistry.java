package dev.moat.coap.option;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Content-Formats by number and by media type: immutable, extended by {@link #with}. */
public final class ContentFormatRegistry {
  private static final String[] STANDARD_TYPES = {
    "0 text/plain; charset=utf-8",
    "16 application/cose; cose-type=\"cose-encrypt0\"",
    "17 application/cose; cose-type=\"cose-mac0\"",
    "18 application/cose; cose-type=\"cose-sign1\"",
    "19 application/ace+cbor",
    "21 image/gif",
    "22 image/jpeg",
    "23 image/png",
    "40 application/link-format",
    "41 application/xml",
    "42 application/octet-stream",
    "47 application/exi",
    "50 application/json",
    "51 application/json-patch+json",
    "52 application/merge-patch+json",
    "60 application/cbor",
    "61 application/cwt",
    "62 application/multipart-core",
    "63 application/cbor-seq",
    "64 application/edhoc+cbor-seq",
    "65 application/cid-edhoc+cbor-seq",
    "96 application/cose; cose-type=\"cose-encrypt\"",
    "97 application/cose; cose-type=\"cose-mac\"",
    "98 application/cose; cose-type=\"cose-sign\"",
    "101 application/cose-key",
    "102 application/cose-key-set",
    "110 application/senml+json",
    "111 application/sensml+json",
    "112 application/senml+cbor",
    "113 application/sensml+cbor",
    "114 application/senml-exi",
    "115 application/sensml-exi",
    "256 application/coap-group+json",
    "257 application/concise-problem-details+cbor",
    "258 application/swid+cbor",
    "271 application/dots+cbor",
    "272 application/missing-blocks+cbor-seq",
    "286 application/pkcs10",
    "287 application/pkix-cert",
    "310 application/senml+xml",
    "311 application/sensml+xml",
    "320 application/senml-etch+json",
    "322 application/senml-etch+cbor",
    "432 application/td+json",
    "10000 application/vnd.ocf+cbor",
    "10001 application/oscore",
    "10002 application/javascript",
    "11542 application/vnd.oma.lwm2m+tlv",
    "11543 application/vnd.oma.lwm2m+json",
    "11544 application/vnd.oma.lwm2m+cbor",
    "20000 text/css",
    "30000 image/svg+xml",
  };

  private static final ContentFormatRegistry STANDARD = standardFormats();

  private final SortedMap<Integer, ContentFormat> byNumber;

  private ContentFormatRegistry(SortedMap<Integer, ContentFormat> byNumber) {
    this.byNumber = byNumber;
  }

  /** The Content-Formats that Moat knows by name. */
  public static ContentFormatRegistry standard() {
    return STANDARD;
  }

  private static ContentFormatRegistry standardFormats() {
    SortedMap<Integer, ContentFormat> formats = new TreeMap<>();
    for (String line : STANDARD_TYPES) {
      int space = line.indexOf(' ');
      int number = Integer.parseInt(line.substring(0, space));
      formats.put(number, ContentFormat.of(number, line.substring(space + 1)));
    }
    formats.put(11050, new ContentFormat(11050, "application/json", "deflate"));
    formats.put(11060, new ContentFormat(11060, "application/cbor", "deflate"));
    return new ContentFormatRegistry(formats);
  }

  /** This registry and one more Content-Format, which replaces another of the same number. */
  public ContentFormatRegistry with(ContentFormat added) {
    SortedMap<Integer, ContentFormat> grown = new TreeMap<>(byNumber);
    grown.put(added.number(), added);
    return new ContentFormatRegistry(grown);
  }

  /** The Content-Format of {@code number}. */
  public Optional<ContentFormat> find(long number) {
    return number < 0 || number > 0xffff
        ? Optional.empty()
        : Optional.ofNullable(byNumber.get((int) number));
  }

  /**
   * The Content-Format of a media type, in any case and with or without spaces and quotes. A type
   * without parameters finds the lowest number with the same type, preferring those without content
   * coding.
   */
  public Optional<ContentFormat> byName(String mediaType) {
    String wanted = normal(mediaType);
    Optional<ContentFormat> partial = Optional.empty();
    for (ContentFormat format : byNumber.values()) {
      if (!format.contentCoding().isEmpty()) {
        continue;
      }
      if (normal(format.mediaType()).equals(wanted)) {
        return Optional.of(format);
      }
      if (partial.isEmpty() && normal(format.essence()).equals(wanted)) {
        partial = Optional.of(format);
      }
    }
    return partial;
  }

  /** The name of a number for people: the media type, or the number itself. */
  public String nameOf(long number) {
    return find(number).map(ContentFormat::toString).orElseGet(() -> Long.toString(number));
  }

  /** All Content-Formats, in ascending order of their numbers. */
  public Collection<ContentFormat> formats() {
    return Collections.unmodifiableCollection(byNumber.values());
  }

  private static String normal(String mediaType) {
    return mediaType.replace(" ", "").replace("\"", "").toLowerCase(Locale.ROOT);
  }
}
