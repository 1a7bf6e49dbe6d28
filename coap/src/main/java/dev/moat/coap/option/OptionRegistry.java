package dev.moat.coap.option;

import static dev.moat.coap.option.OptionDefinition.empty;
import static dev.moat.coap.option.OptionDefinition.opaque;
import static dev.moat.coap.option.OptionDefinition.string;
import static dev.moat.coap.option.OptionDefinition.uint;
import static dev.moat.coap.option.OptionFormat.EMPTY;
import static dev.moat.coap.option.ProtectionClass.E_AND_U;
import static dev.moat.coap.option.ProtectionClass.U;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options an endpoint understands: immutable, extended by {@link #with}.
 *
 * <p>An option is unprocessable when its number is unknown, when its length is out of range (RFC
 * 7252, Section 5.4.3), when its text is no UTF-8 (Section 3.2), or when it repeats one that must
 * not be repeated (Section 5.4.5).
 */
public final class OptionRegistry {
  private static final OptionRegistry STANDARD =
      new OptionRegistry(
          opaque(OptionNumber.IF_MATCH, "If-Match", 0, 8).repeated(),
          string(OptionNumber.URI_HOST, "Uri-Host", 1, 255).of(U),
          opaque(OptionNumber.ETAG, "ETag", 1, 8).repeated(),
          empty(OptionNumber.IF_NONE_MATCH, "If-None-Match"),
          uint(OptionNumber.OBSERVE, "Observe", 0, 3).of(E_AND_U),
          uint(OptionNumber.URI_PORT, "Uri-Port", 0, 2).of(U),
          string(OptionNumber.LOCATION_PATH, "Location-Path", 0, 255).repeated(),
          opaque(OptionNumber.OSCORE, "OSCORE", 0, 255).of(U),
          string(OptionNumber.URI_PATH, "Uri-Path", 0, 255).repeated(),
          uint(OptionNumber.CONTENT_FORMAT, "Content-Format", 0, 2),
          uint(OptionNumber.MAX_AGE, "Max-Age", 0, 4).of(E_AND_U),
          string(OptionNumber.URI_QUERY, "Uri-Query", 0, 255).repeated(),
          uint(OptionNumber.HOP_LIMIT, "Hop-Limit", 1, 1).of(U),
          uint(OptionNumber.ACCEPT, "Accept", 0, 2),
          uint(OptionNumber.Q_BLOCK1, "Q-Block1", 0, 3).of(E_AND_U),
          string(OptionNumber.LOCATION_QUERY, "Location-Query", 0, 255).repeated(),
          // RFC 9668, Section 3.1: empty, but whatever value it has is to be ignored.
          new OptionDefinition(OptionNumber.EDHOC, "EDHOC", EMPTY, 0, 0xffff, false, U),
          uint(OptionNumber.BLOCK2, "Block2", 0, 3).of(E_AND_U),
          uint(OptionNumber.BLOCK1, "Block1", 0, 3).of(E_AND_U),
          uint(OptionNumber.SIZE2, "Size2", 0, 4).of(E_AND_U),
          uint(OptionNumber.Q_BLOCK2, "Q-Block2", 0, 3).repeated().of(E_AND_U),
          string(OptionNumber.PROXY_URI, "Proxy-Uri", 1, 1034).of(U),
          string(OptionNumber.PROXY_SCHEME, "Proxy-Scheme", 1, 255).of(U),
          uint(OptionNumber.SIZE1, "Size1", 0, 4).of(E_AND_U),
          opaque(OptionNumber.ECHO, "Echo", 1, 40).of(E_AND_U),
          uint(OptionNumber.NO_RESPONSE, "No-Response", 0, 1).of(E_AND_U),
          opaque(OptionNumber.REQUEST_TAG, "Request-Tag", 0, 8).repeated().of(E_AND_U));

  private static final OptionRegistry NONE = new OptionRegistry();

  private final OptionDefinition[] ascending;

  private OptionRegistry(OptionDefinition... ascending) {
    this.ascending = ascending;
  }

  /**
   * All options Moat knows: RFC 7252, 7641, 7959, 7967, 8613, 8768, 9175, 9177 and 9668. RFC 8516
   * adds a response code and no option.
   */
  public static OptionRegistry standard() {
    return STANDARD;
  }

  /** A registry without any option, for a number space of its own (RFC 8323, Section 5.2). */
  public static OptionRegistry none() {
    return NONE;
  }

  /** This registry and one more option, which replaces another of the same number. */
  public OptionRegistry with(OptionDefinition added) {
    OptionDefinition[] others = without(added.number()).ascending;
    OptionDefinition[] grown = new OptionDefinition[others.length + 1];
    int place = 0;
    while (place < others.length && others[place].number() < added.number()) {
      place++;
    }
    System.arraycopy(others, 0, grown, 0, place);
    grown[place] = added;
    System.arraycopy(others, place, grown, place + 1, others.length - place);
    return new OptionRegistry(grown);
  }

  /**
   * This registry without an option: an endpoint that does not implement it treats it as unknown.
   */
  public OptionRegistry without(int number) {
    List<OptionDefinition> kept = new ArrayList<>(definitions());
    kept.removeIf(definition -> definition.number() == number);
    return new OptionRegistry(kept.toArray(new OptionDefinition[0]));
  }

  /** The definition of {@code number}. */
  public Optional<OptionDefinition> find(int number) {
    return Optional.ofNullable(definition(number));
  }

  /** The definition of a registered name, in any case. */
  public Optional<OptionDefinition> byName(String name) {
    for (OptionDefinition definition : ascending) {
      if (definition.name().equalsIgnoreCase(name)) {
        return Optional.of(definition);
      }
    }
    return Optional.empty();
  }

  /** All definitions, in ascending order of their numbers. */
  public List<OptionDefinition> definitions() {
    return List.of(ascending);
  }

  /** The class of protection, E for options not known here (RFC 8613, Section 4.1). */
  public ProtectionClass protectionOf(int number) {
    OptionDefinition definition = definition(number);
    return definition == null ? ProtectionClass.E : definition.protection();
  }

  /** True when every option can be processed; allocates nothing. */
  public boolean understandsAll(Options options) {
    for (int i = 0; i < options.size(); i++) {
      if (!understands(options, i)) {
        return false;
      }
    }
    return true;
  }

  /** Divides options into what may be acted on and what forbids acting at all. */
  public Recognised recognise(Options options) {
    if (understandsAll(options)) {
      return new Recognised(options, List.of());
    }
    List<Option> understood = new ArrayList<>();
    List<Option> unprocessable = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      Option option = options.at(i);
      if (understands(options, i)) {
        understood.add(option);
      } else if (option.isCritical()) {
        unprocessable.add(option);
      }
    }
    return new Recognised(Options.of(understood), List.copyOf(unprocessable));
  }

  /** One line for people, such as {@code Uri-Port: 5683} or {@code 65001: 0x0a}. */
  public String describe(Option option) {
    OptionDefinition definition = definition(option.number());
    if (definition == null) {
      return option.number() + ": " + OptionFormat.OPAQUE.describe(option.value());
    }
    String value = definition.format().describe(option.value());
    return value.isEmpty() ? definition.name() : definition.name() + ": " + value;
  }

  /** The name of an option number, or the number itself. */
  public String nameOf(int number) {
    OptionDefinition definition = definition(number);
    return definition == null ? Integer.toString(number) : definition.name();
  }

  private boolean understands(Options options, int index) {
    Option option = options.at(index);
    OptionDefinition definition = definition(option.number());
    if (definition == null || !definition.accepts(option.value())) {
      return false;
    }
    boolean again = index > 0 && options.at(index - 1).number() == option.number();
    return definition.repeatable() || !again;
  }

  private @Nullable OptionDefinition definition(int number) {
    int low = 0;
    int high = ascending.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = ascending[middle].number();
      if (found == number) {
        return ascending[middle];
      }
      if (found < number) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }
}
