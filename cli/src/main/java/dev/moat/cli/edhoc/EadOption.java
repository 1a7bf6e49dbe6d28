package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.message.EadItem;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.run.EadField;
import dev.moat.edhoc.run.EadHandler;
import dev.moat.edhoc.run.EadPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * External authorization data as an option names it.
 *
 * @param field the message
 * @param item the item
 */
record EadOption(EadField field, EadItem item) {
  private static final Pattern FORM =
      Pattern.compile("([1-4]):(-?)([0-9]{1,5})(?::((?:[0-9a-fA-F]{2})*))?");

  /** Reads {@code N:LABEL[:HEX]}. */
  static EadOption of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "--ead takes N:LABEL or N:LABEL:HEX, such as 1:-65000:0102, not '" + text + "'");
    }
    Optional<Bytes> value = Optional.ofNullable(form.group(4)).map(Bytes::hex);
    int label = Integer.parseInt(form.group(3));
    return new EadOption(field(form.group(1)), new EadItem(label, !form.group(2).isEmpty(), value));
  }

  private static EadField field(String number) {
    return switch (number) {
      case "1" -> EadField.EAD_1;
      case "2" -> EadField.EAD_2;
      case "3" -> EadField.EAD_3;
      default -> EadField.EAD_4;
    };
  }

  /** A policy that sends these and knows their labels. */
  static EadPolicy policy(List<EadOption> options) {
    Set<Integer> labels =
        options.stream().map(option -> option.item().label()).collect(Collectors.toSet());
    EadHandler handler =
        new EadHandler() {
          @Override
          public EadItems toSend(EadField field) {
            return new EadItems(
                options.stream()
                    .filter(option -> option.field() == field)
                    .map(EadOption::item)
                    .toList());
          }
        };
    return new EadPolicy() {
      @Override
      public Set<Integer> knownLabels() {
        return labels;
      }

      @Override
      public EadHandler begin(Role role) {
        return handler;
      }
    };
  }
}
