package dev.moat.cost.verdict;

import dev.moat.cost.device.CryptoOperations;
import dev.moat.cost.device.DeviceFigures;
import dev.moat.cost.device.MethodFigures;
import dev.moat.cost.device.ModuleSize;
import dev.moat.cost.device.RoleFigures;
import dev.moat.cost.exchange.Layer;
import dev.moat.cost.study.RadioCosts;
import dev.moat.cost.tls.PublishedFootprint;
import dev.moat.edhoc.Role;
import java.util.List;

/** What the device computes, keeps and stores: rows 104 and 106 to 108. */
final class DeviceVerdicts {
  private static final int STATIC_DH = 3;
  private static final int AGREEMENTS = 3;
  private static final double SHARE_OF_AIR_TIME = 0.1;
  private static final int CODE_OCTETS = 50_000;
  private static final int STATE_OCTETS = 10_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MICROS_PER_MILLI = 1e3;

  private final Evidence evidence;
  private final DeviceFigures device;

  DeviceVerdicts(Evidence evidence) {
    this.evidence = evidence;
    this.device = evidence.study().device();
  }

  List<Verdict> all() {
    return List.of(computation(), energy(), newCode(), deviceClass());
  }

  private Verdict computation() {
    MethodFigures method = device.method(STATIC_DH);
    RadioCosts costs = evidence.smallest().handshake(Layer.DATAGRAM);
    double onLorawan = method.cpu().ratioToAirTime(Role.INITIATOR, costs.lorawan().airMicros());
    double onNbiot = method.cpu().ratioToAirTime(Role.INITIATOR, costs.good().timeMicros());
    PublishedFootprint published = ofEdhoc();
    double air = costs.lorawan().airMicros() / MICROS_PER_MILLI;
    return new Findings(Requirement.LK_104)
        .require(
            Case.atMost(
                "a whole handshake on a device, "
                    + published.name()
                    + ", published, beside time on air on LoRaWAN DR0",
                published.milliseconds() / air,
                SHARE_OF_AIR_TIME,
                "of it"))
        .show(Case.figure("this machine's processor beside the same", onLorawan + " of it"))
        .show(
            Case.figure(
                "this machine's processor beside NB-IoT at good coverage, without the attach",
                Case.text(onNbiot) + " of it"))
        .judge(
            "a published device takes "
                + Case.text(published.milliseconds())
                + " ms with its radio, this machine's processor "
                + Case.text(method.initiator().cpuNanos() / NANOS_PER_MILLI)
                + " ms; on a fast radio computing dominates");
  }

  private PublishedFootprint ofEdhoc() {
    return device.references().stream()
        .filter(one -> one.name().contains("EDHOC"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no published footprint of EDHOC"));
  }

  private Verdict energy() {
    Findings findings = new Findings(Requirement.LK_106);
    for (Role role : Role.values()) {
      CryptoOperations counted = device.method(STATIC_DH).of(role).operations();
      findings =
          findings
              .require(
                  Case.atMost(
                      "method 3, " + word(role) + ", agreements",
                      counted.agreements(),
                      AGREEMENTS,
                      "agreements"))
              .require(
                  Case.atMost(
                      "method 3, " + word(role) + ", signatures made and checked",
                      counted.signatures() + counted.verifications(),
                      0,
                      "signatures"));
    }
    for (MethodFigures method : device.methods()) {
      findings = findings.show(operations(method, Role.INITIATOR));
    }
    return findings.judge(
        Case.text(evidence.smallest().handshake(Layer.MESSAGE).good().connectionMillijoule())
            + " mJ for the radio on NB-IoT at good coverage; no signature on either side");
  }

  private static Case operations(MethodFigures method, Role role) {
    CryptoOperations counted = method.of(role).operations();
    return Case.figure(
        "method " + method.method() + ", " + word(role),
        counted.publicKeyOperations()
            + " public-key operations, "
            + counted.signatures()
            + " of them signatures made and "
            + counted.verifications()
            + " checked");
  }

  private Verdict newCode() {
    ModuleSize added = device.code().addedSum();
    Findings findings =
        new Findings(Requirement.LK_107)
            .show(
                Case.figure(
                    "instructions and literals of edhoc and edhoc-coap",
                    added.codeOctets() + " octets in " + added.classes() + " classes"))
            .show(
                Case.figure(
                    "the same of CoAP and OSCORE",
                    device.code().baseSum().codeOctets() + " octets"));
    for (PublishedFootprint one : device.references()) {
      findings =
          findings.show(
              Case.figure(
                  one.name() + ", published",
                  one.flash() + " octets of flash, " + one.ram() + " of RAM"));
    }
    return findings.report(
        "EDHOC adds "
            + Math.round(device.code().addedPart() * 100)
            + " % to what CoAP and OSCORE have; instructions of a virtual machine say little about"
            + " the flash of a device");
  }

  private Verdict deviceClass() {
    MethodFigures method = device.method(STATIC_DH);
    Findings findings = new Findings(Requirement.LK_108);
    for (Role role : Role.values()) {
      RoleFigures figures = method.of(role);
      findings =
          findings.require(
              Case.atMost(
                  "method 3, " + word(role) + ", state and messages at their peak",
                  figures.state().peakOctets(),
                  STATE_OCTETS,
                  "octets"));
    }
    return findings
        .require(
            Case.atMost(
                "instructions and literals of edhoc and edhoc-coap",
                device.code().addedSum().codeOctets(),
                CODE_OCTETS,
                "octets"))
        .help("one method, one suite and one role: this library has all, and EADs and padding")
        .judge(
            method.initiator().state().peakOctets()
                + " octets of state; the code of this library is for a JVM and no device");
  }

  private static String word(Role role) {
    return role == Role.INITIATOR ? "initiator" : "responder";
  }
}
