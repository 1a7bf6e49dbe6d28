package dev.moat.cli.cost;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Exit;
import dev.moat.cost.report.BatterySheet;
import dev.moat.cost.report.CheckSheet;
import dev.moat.cost.report.ExchangeSheet;
import dev.moat.cost.report.MessageSheet;
import dev.moat.cost.report.Sheet;
import dev.moat.cost.report.StudySheets;
import dev.moat.cost.report.VerdictSheet;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.RadioSettings;
import dev.moat.cost.study.Study;
import dev.moat.cost.verdict.Verdict;
import dev.moat.cost.verdict.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code moat cost}: what handshakes cost on constrained radios. */
@Command(
    name = "cost",
    header = "Cost handshakes on LoRaWAN, 6TiSCH and NB-IoT.",
    description = {
      "",
      "Prints for every message and handshake: octets, LoRaWAN packets with their time on air and"
          + " the back-off that the duty cycle asks for, 6TiSCH frames, and the energy of an NB-IoT"
          + " modem at good and bad coverage.",
      "",
      "Without --pcap, --octets and --credentials it runs EDHOC of every method, OSCORE, DTLS 1.2 and"
          + " TLS 1.3 on this machine, adds published figures of other protocols, simulates how"
          + " 6TiSCH networks form, and says which requirements on a lightweight key exchange"
          + " (draft-ietf-lake-reqs) are met or missed, by how much, and what helps.",
      "",
      "With --pcap, of the exchanges in a capture: EDHOC over CoAP, OSCORE, DTLS, TLS, and anything"
          + " else over UDP and TCP by its size. Nothing is decrypted. With --octets, of messages"
          + " of given sizes, as from a capture of IEEE 802.15.4. With --credentials, of EDHOC run"
          + " here with one's own credentials.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 success, also with requirements missed, 1 failure, 2 wrong usage or a file that is no sound capture.",
      "",
      "Examples:",
      "  moat cost",
      "  moat cost --html report.html",
      "  tcpdump -i lo -w edhoc.pcap udp port 5683",
      "  moat cost --pcap edhoc.pcap",
      "  moat cost --pcap edhoc.pcap --device server --json",
      "  moat cost --octets up:37,down:45,up:19 --data-rate DR3 --hops 2",
      "  moat cost --octets up:37,down:45,up:19 --cell CR2032 --rekey-days 7",
      "  moat cost --credentials phone.json --credentials lock.json",
      "  moat cost --pcap edhoc.pcap --csv > edhoc.csv"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class CostCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CaptureFlags captures = new CaptureFlags();
  @Mixin private CredentialFlags credentials = new CredentialFlags();
  @Mixin private RadioFlags radios = new RadioFlags();
  @Mixin private DeviceFlags device = new DeviceFlags();
  @Mixin private StudyFlags study = new StudyFlags();
  @Mixin private OutputFlags output = new OutputFlags();

  /** Created by picocli. */
  public CostCommand() {}

  @Override
  public Integer call() {
    try {
      Console console = Console.of(spec);
      device.requireUse();
      if (captures.wanted() || credentials.wanted()) {
        study.requireNone();
        output.requireNone();
        output.print(found(), console);
      } else {
        whole(console);
      }
      return Exit.OK;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Everything that is compared. */
  private void whole(Console console) {
    captures.requireNone();
    StudyRun run = new StudyRun(console);
    Study done = run.run(study.plan(radios.settings()));
    List<Verdict> verdicts = Verdicts.of(done);
    List<Sheet> sheets = new ArrayList<>(StudySheets.of(done, verdicts));
    device
        .cell()
        .ifPresent(
            cell -> sheets.add(BatterySheet.of(done.exchanges(), cell, device.rekeyInterval())));
    output.print(sheets, VerdictSheet.lines(verdicts), console);
    study.html().ifPresent(file -> run.page(done, verdicts, file, "moat cost --html " + file));
  }

  /** Of what the command line names. */
  private List<Sheet> found() {
    RadioSettings settings = radios.settings();
    Found found = captures.find();
    List<CostedExchange> costed =
        Stream.concat(found.exchanges().stream(), credentials.run().stream())
            .map(one -> CostedExchange.of(one, settings))
            .toList();
    List<Sheet> sheets = new ArrayList<>();
    sheets.add(CapturedSheets.conversations(found));
    sheets.add(MessageSheet.of(costed, settings));
    sheets.add(CapturedSheets.retransmissions(found));
    sheets.add(ExchangeSheet.of(costed));
    sheets.add(CheckSheet.of(costed));
    device
        .cell()
        .ifPresent(cell -> sheets.add(BatterySheet.of(costed, cell, device.rekeyInterval())));
    return sheets;
  }
}
