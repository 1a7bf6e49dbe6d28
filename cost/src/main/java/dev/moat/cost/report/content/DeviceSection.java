package dev.moat.cost.report.content;

import dev.moat.cost.device.CryptoOperations;
import dev.moat.cost.device.DeviceFigures;
import dev.moat.cost.device.MethodFigures;
import dev.moat.cost.device.RoleFigures;
import dev.moat.cost.report.page.Section;
import dev.moat.cost.report.page.Table;
import java.util.List;
import java.util.stream.Stream;

/** What the device computes and keeps. */
final class DeviceSection {
  private DeviceSection() {}

  static Section of(DeviceFigures device) {
    return new Section(
        "device",
        "On the device",
        List.of(
            "Operations of each role, counted in a handshake with suite "
                + DeviceFigures.SUITE
                + ", and the octets that a role has to keep: while it waits for a message, and at"
                + " most. Counts and octets are the protocol's; a stack adds what its data"
                + " structures take."),
        List.of(),
        List.of(operations(device)));
  }

  private static Table operations(DeviceFigures device) {
    return new Table(
        "Cryptography and state by method and role",
        List.of(
            "Method and role",
            "Keys made",
            "Agreements",
            "Signatures",
            "Verifications",
            "Hashes",
            "Sealed",
            "Opened",
            "Octets waiting",
            "Octets at most"),
        device.methods().stream().flatMap(DeviceSection::rows).toList());
  }

  private static Stream<List<String>> rows(MethodFigures one) {
    String method = "method " + one.method();
    return Stream.of(
        row(method + ", initiator", one.initiator()), row(method + ", responder", one.responder()));
  }

  private static List<String> row(String title, RoleFigures role) {
    CryptoOperations operations = role.operations();
    return Stream.concat(
            Stream.of(title),
            Stream.of(
                    operations.keyGenerations(),
                    operations.agreements(),
                    operations.signatures(),
                    operations.verifications(),
                    operations.hashes(),
                    operations.seals(),
                    operations.opens(),
                    role.state().waitingOctets(),
                    role.state().peakOctets())
                .map(String::valueOf))
        .toList();
  }
}
