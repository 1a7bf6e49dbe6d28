package dev.moat.cost.report.content;

import dev.moat.cost.exchange.Origin;
import dev.moat.cost.report.page.Axis;
import dev.moat.cost.report.page.Category;
import dev.moat.cost.report.page.Chart;
import dev.moat.cost.report.page.Section;
import dev.moat.cost.report.page.Series;
import dev.moat.cost.report.page.Table;
import dev.moat.cost.study.Formation;
import dev.moat.cost.study.JoinProtocols;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** How long a 6TiSCH network takes to form. */
final class FormationSection {
  private FormationSection() {}

  static Section of(List<Formation> all) {
    return new Section(
        "formation",
        "Forming a 6TiSCH network",
        List.of(
            "Simulated: all nodes join at once over shared cells, with back-off and losses, by the"
                + " frames of the protocol they join by. A network that was not complete when the"
                + " simulation's time was up has no point in the chart."),
        List.of(chart(all)),
        List.of(table(all)));
  }

  private static Chart chart(List<Formation> all) {
    List<Integer> nodes = all.stream().map(Formation::nodes).distinct().sorted().toList();
    List<String> protocols = all.stream().map(Formation::protocol).distinct().toList();
    return new Chart(
        "formation",
        "Formation time by nodes",
        Chart.Kind.LINES,
        new Axis("seconds until the last node has joined", 1, true),
        "Nodes",
        nodes.stream().map(one -> Category.measured(one.toString())).toList(),
        protocols.stream().map(one -> series(all, one, nodes)).toList(),
        Optional.empty());
  }

  private static Series series(List<Formation> all, String protocol, List<Integer> nodes) {
    return new Series(
        protocol.replace(" (published)", ""),
        JoinProtocols.isDtls(protocol) ? Origin.PUBLISHED : Origin.MEASURED,
        nodes.stream().map(one -> seconds(all, protocol, one)).toList());
  }

  private static OptionalDouble seconds(List<Formation> all, String protocol, int nodes) {
    return all.stream()
        .filter(one -> one.protocol().equals(protocol) && one.nodes() == nodes && one.complete())
        .mapToDouble(Formation::lastSeconds)
        .findFirst();
  }

  private static Table table(List<Formation> all) {
    return new Table(
        "Joining, in the mean and to the last",
        List.of("Protocol", "Nodes", "Frames of a join", "Mean in s", "Last in s", "Complete"),
        all.stream()
            .map(
                one ->
                    List.of(
                        one.protocol(),
                        Integer.toString(one.nodes()),
                        Integer.toString(one.framesPerJoin()),
                        text(one.meanSeconds()),
                        text(one.lastSeconds()),
                        one.complete() ? "yes" : "no"))
            .toList());
  }

  private static String text(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }
}
