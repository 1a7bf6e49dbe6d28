package dev.moat.conformance.edhoc;

import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.VerifiedPeer;
import dev.moat.edhoc.message.EadItem;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.run.EadField;
import dev.moat.edhoc.run.EadHandler;
import dev.moat.edhoc.run.EadPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An application that sends items, writes down what it gets, and may deny. */
final class Notes implements EadPolicy {
  /** The label that it knows. */
  static final int LABEL = 800;

  private final Map<EadField, EadItems> toSend = new EnumMap<>(EadField.class);
  private final Set<EadField> denied = EnumSet.noneOf(EadField.class);
  private final List<Note> notes = new ArrayList<>();

  /** What came, and whether it was known from whom. */
  record Note(EadField field, List<EadItem> items, boolean verified) {}

  Notes sending(EadField field, EadItem item) {
    toSend.put(field, EadItems.of(item));
    return this;
  }

  Notes denying(EadField field) {
    denied.add(field);
    return this;
  }

  /** The items of {@code field}, as they came first. */
  List<EadItem> received(EadField field) {
    return notes.stream().filter(n -> n.field() == field).findFirst().orElseThrow().items();
  }

  List<Note> all() {
    return List.copyOf(notes);
  }

  @Override
  public Set<Integer> knownLabels() {
    return Set.of(LABEL);
  }

  @Override
  public EadHandler begin(Role role) {
    return new EadHandler() {
      @Override
      public EadItems toSend(EadField field) {
        return toSend.getOrDefault(field, EadItems.none());
      }

      @Override
      public boolean accepts(EadField field, List<EadItem> items, Optional<VerifiedPeer> from) {
        notes.add(new Note(field, items, from.isPresent()));
        return !denied.contains(field);
      }
    };
  }
}
