package dev.moat.cli.cost;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.cli.console.Terminal;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.cost.measure.MeasurementFailure;
import dev.moat.cost.report.content.PageMaker;
import dev.moat.cost.report.html.HtmlReport;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.Study;
import dev.moat.cost.study.StudyBench;
import dev.moat.cost.study.StudyPlan;
import dev.moat.cost.study.WhatIfMaker;
import dev.moat.cost.study.WhatIfShapes;
import dev.moat.cost.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a study, and shows on a terminal how far it is. */
final class StudyRun {
  private static final String CLEAR = "\r\u001b[K";

  private final Console console;
  private final boolean shown;

  StudyRun(Console console) {
    this.console = console;
    this.shown = Terminal.showsProgress();
  }

  /**
   * Runs it.
   *
   * @throws Failure when an exchange does not come to its end
   */
  Study run(StudyPlan plan) {
    try {
      return StudyBench.run(plan, this::progress);
    } catch (MeasurementFailure e) {
      throw failed(e);
    } finally {
      print(CLEAR);
    }
  }

  /**
   * Writes the page.
   *
   * @throws Failure when the file cannot be written
   */
  void page(Study study, List<Verdict> verdicts, Path file, String command) {
    List<RecordedExchange> exchanges = forThePanel(study);
    print(CLEAR + "writing " + file);
    try {
      HtmlReport.write(PageMaker.make(study, verdicts, WhatIfMaker.make(exchanges), command), file);
    } catch (IOException e) {
      throw new Failure("cannot write " + file, "Give a file in a folder that is there.", e);
    } finally {
      print(CLEAR);
    }
  }

  /** Every combination of the panel's choices that there is, so that no choice leads nowhere. */
  private List<RecordedExchange> forThePanel(Study study) {
    List<RecordedExchange> all =
        new ArrayList<>(study.exchanges().stream().map(CostedExchange::exchange).toList());
    List<EdhocShape> known = all.stream().flatMap(one -> one.shape().stream()).toList();
    try {
      all.addAll(StudyBench.run(WhatIfShapes.without(known), this::progress));
    } catch (MeasurementFailure e) {
      throw failed(e);
    }
    return all;
  }

  private static Failure failed(MeasurementFailure e) {
    return new Failure(
        "a measured exchange failed: " + e.getMessage(),
        "Does a firewall keep this machine from talking to itself?",
        e);
  }

  private void progress(int done, int of, String words) {
    print(CLEAR + done + "/" + of + " " + words);
  }

  private void print(String text) {
    if (shown) {
      console.err().print(text);
      console.err().flush();
    }
  }
}
