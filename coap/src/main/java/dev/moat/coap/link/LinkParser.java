package dev.moat.coap.link;

import dev.moat.coap.link.LinkFormatException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads links from left to right, strictly by the grammar. Owned by one call. */
final class LinkParser {
  private final String text;
  private int position;

  LinkParser(String text) {
    this.text = text;
  }

  List<Link> parse() throws LinkFormatException {
    List<Link> links = new ArrayList<>();
    boolean more = !text.isEmpty();
    while (more) {
      links.add(link());
      more = taken(',');
      if (!more && !atEnd()) {
        throw refused(Reason.MISSING_SEPARATOR);
      }
    }
    return links;
  }

  private Link link() throws LinkFormatException {
    String target = target();
    List<Link.Attribute> attributes = new ArrayList<>();
    while (taken(';')) {
      int start = position;
      Link.Attribute attribute = attribute();
      if (Link.isSecond(attribute.name(), attributes)) {
        throw new LinkFormatException(Reason.REPEATED_ATTRIBUTE, start);
      }
      attributes.add(attribute);
    }
    return new Link(target, attributes);
  }

  private String target() throws LinkFormatException {
    if (!taken('<')) {
      throw refused(Reason.MISSING_TARGET);
    }
    int start = position;
    while (!atEnd() && text.charAt(position) != '>') {
      if (!LinkFormat.isTarget(text.charAt(position))) {
        throw refused(Reason.BAD_TARGET);
      }
      position++;
    }
    int end = position;
    if (!taken('>')) {
      throw refused(Reason.UNTERMINATED_TARGET);
    }
    return text.substring(start, end);
  }

  private Link.Attribute attribute() throws LinkFormatException {
    int start = position;
    while (!atEnd() && LinkFormat.isNameCharacter(text.charAt(position))) {
      position++;
    }
    if (position == start) {
      throw refused(Reason.BAD_NAME);
    }
    // "title*" and its like (RFC 5987): the star belongs to the name.
    position += !atEnd() && text.charAt(position) == '*' ? 1 : 0;
    String name = text.substring(start, position);
    if (name.toLowerCase(Locale.ROOT).equals("href")) {
      throw new LinkFormatException(Reason.RESERVED_NAME, start);
    }
    Optional<String> value = taken('=') ? Optional.of(value()) : Optional.empty();
    return new Link.Attribute(name, value);
  }

  private String value() throws LinkFormatException {
    if (taken('"')) {
      return quoted();
    }
    int start = position;
    while (!atEnd() && LinkFormat.isTokenCharacter(text.charAt(position))) {
      position++;
    }
    if (position == start) {
      throw refused(Reason.BAD_VALUE);
    }
    return text.substring(start, position);
  }

  /** RFC 2616, Section 2.2: a backslash takes the next character as it is. */
  private String quoted() throws LinkFormatException {
    StringBuilder value = new StringBuilder();
    while (!taken('"')) {
      position += !atEnd() && text.charAt(position) == '\\' ? 1 : 0;
      if (atEnd()) {
        throw refused(Reason.UNTERMINATED_STRING);
      }
      if (Character.isISOControl(text.charAt(position))) {
        throw refused(Reason.CONTROL_CHARACTER);
      }
      value.append(text.charAt(position++));
    }
    return value.toString();
  }

  private boolean taken(char character) {
    boolean here = !atEnd() && text.charAt(position) == character;
    position += here ? 1 : 0;
    return here;
  }

  private boolean atEnd() {
    return position == text.length();
  }

  private LinkFormatException refused(Reason reason) {
    return new LinkFormatException(reason, position);
  }
}
