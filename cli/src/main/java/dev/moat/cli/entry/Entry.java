package dev.moat.cli.entry;

import dev.moat.cli.edn.Item;
import dev.moat.cli.edn.Table;
import dev.moat.cli.file.Place;
import dev.moat.cli.keys.CredentialEntries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A map in a credentials file, whose members are asked for by name and type.
 *
 * @param place where it stands, for messages
 * @param content the members
 */
public record Entry(Place place, Table content) {
  /** Refuses members that nobody knows: a misspelt policy must not be a policy ignored. */
  public void allow(Set<String> names) {
    for (String name : content.names()) {
      if (!names.contains(name.replace('_', '-'))) {
        throw place.member(name).misuse("is not known here", "Known are: " + sorted(names) + ".");
      }
    }
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  /** The first name in it: the kind of credentials, of which an entry has one. */
  public String kind() {
    if (content.size() != 1) {
      throw place.misuse(
          "must have exactly one kind of credentials", "Write {\"dtls\": {...}} or another kind.");
    }
    return content.names().iterator().next();
  }

  /** True when the member is there. */
  public boolean has(String name) {
    return item(name).isPresent();
  }

  /** The member as it is. */
  public Optional<Item> item(String name) {
    return CredentialEntries.member(content, name);
  }

  /** The member that must be there. */
  public Item required(String name) {
    return item(name)
        .orElseThrow(() -> place.member(name).misuse("is missing", "Add it, or its opposite."));
  }

  /** The member by what it must be. */
  public <T> Optional<T> typed(String name, Function<Item, Optional<T>> type, String rule) {
    return item(name).map(item -> typed(place.member(name), item, type, rule));
  }

  /** An item by what it must be. */
  public static <T> T typed(Place place, Item item, Function<Item, Optional<T>> type, String rule) {
    return type.apply(item).orElseThrow(() -> place.misuse("takes " + rule, "Correct it."));
  }

  /** The member, a text. */
  public Optional<String> text(String name) {
    return typed(name, Item::text, "a text");
  }

  /** The member, false or true. */
  public Optional<Boolean> flag(String name) {
    return typed(name, Item::flag, "true or false");
  }

  /** The member, an integer. */
  public Optional<Long> integer(String name) {
    return typed(name, Item::integer, "a whole number");
  }

  /** An integer under the name, or an array of them under its plural. */
  public List<Long> integers(String name, String plural) {
    return list(name, plural).stream()
        .map(item -> typed(place.member(name), item, Item::integer, "a whole number"))
        .toList();
  }

  /** One item under the name, or an array of them under its plural; not both. */
  public List<Item> list(String name, String plural) {
    List<Item> items = new ArrayList<>();
    item(name).ifPresent(items::add);
    typed(plural, Item::array, "an array").ifPresent(items::addAll);
    if (has(name) && has(plural)) {
      throw place.member(name).misuse("stands beside " + plural, "Leave one of the two out.");
    }
    return items;
  }

  /** The members of a member. */
  public Optional<Entry> inner(String name) {
    return typed(name, Item::table, "a map").map(table -> new Entry(place.member(name), table));
  }
}
