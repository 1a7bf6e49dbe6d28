package dev.moat.cost.report;

import dev.moat.cost.device.CryptoOperations;
import dev.moat.cost.device.DeviceFigures;
import dev.moat.cost.device.MethodFigures;
import dev.moat.cost.device.ModuleSize;
import dev.moat.cost.device.RoleFigures;
import java.util.ArrayList;
import java.util.List;

/** What a device computes and keeps, and how large the code is. */
public final class DeviceSheet {
  private static final double NANO_PER_MILLI = 1e6;

  private static final List<Column> COLUMNS =
      List.of(
          Column.number("method", "method"),
          Column.words("role", "role"),
          Column.number("keyGenerations", "key generations"),
          Column.number("agreements", "agreements"),
          Column.number("signatures", "signatures"),
          Column.number("verifications", "verifications"),
          Column.number("hashes", "hashes"),
          Column.number("hmacs", "HMACs"),
          Column.number("aeads", "AEADs"),
          Column.number("waitingOctets", "state waiting"),
          Column.number("peakOctets", "state at most"),
          Column.number("inboundOctets", "buffer in"),
          Column.number("outboundOctets", "buffer out"),
          Column.number("cpuMillis", "CPU ms here"));
  private static final List<Column> CODE_COLUMNS =
      List.of(
          Column.words("module", "module"),
          Column.words("of", "of"),
          Column.number("classes", "classes"),
          Column.number("bytecodeOctets", "bytecode"),
          Column.number("literalOctets", "literals"),
          Column.number("fileOctets", "class files"));

  private DeviceSheet() {}

  /** A row for each method and role. */
  public static Sheet of(DeviceFigures figures) {
    List<List<String>> rows = new ArrayList<>();
    for (MethodFigures one : figures.methods()) {
      rows.add(row(one.method(), "initiator", one.initiator()));
      rows.add(row(one.method(), "responder", one.responder()));
    }
    return new Sheet(
        "device",
        "What each side of EDHOC computes and keeps, suite " + DeviceFigures.SUITE,
        COLUMNS,
        rows,
        List.of(
            "State and buffers in octets of protocol data. CPU time is of this machine, curves by "
                + figures.provider()
                + ", and says little about a microcontroller."));
  }

  /** A row for each module: what a device with OSCORE has, and what EDHOC adds. */
  public static Sheet code(DeviceFigures figures) {
    List<List<String>> rows = new ArrayList<>();
    figures.code().base().forEach(one -> rows.add(row("OSCORE", one)));
    figures.code().added().forEach(one -> rows.add(row("EDHOC", one)));
    return new Sheet(
        "code", "Code in octets, of this stack in Java", CODE_COLUMNS, rows, List.of());
  }

  private static List<String> row(int method, String role, RoleFigures one) {
    CryptoOperations operations = one.operations();
    return List.of(
        Integer.toString(method),
        role,
        text(operations.keyGenerations()),
        text(operations.agreements()),
        text(operations.signatures()),
        text(operations.verifications()),
        text(operations.hashes()),
        text(operations.hmacs()),
        text(operations.seals() + operations.opens()),
        text(one.state().waitingOctets()),
        text(one.state().peakOctets()),
        text(one.state().inboundOctets()),
        text(one.state().outboundOctets()),
        Figures.fixed(one.cpuNanos() / NANO_PER_MILLI, 2));
  }

  private static List<String> row(String of, ModuleSize one) {
    return List.of(
        one.module(),
        of,
        text(one.classes()),
        text(one.bytecodeOctets()),
        text(one.literalOctets()),
        text(one.fileOctets()));
  }

  private static String text(long number) {
    return Long.toString(number);
  }
}
