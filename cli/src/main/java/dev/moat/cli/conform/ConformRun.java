package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs files of vectors.
 *
 * @param wantedKinds labels of the kinds to run; empty means every file
 */
record ConformRun(List<String> wantedKinds) {
  /** Runs those of {@code files} that are wanted. */
  Verdicts run(List<VectorFile> files) {
    List<Verdicts.OfFile> verdicts = new ArrayList<>();
    for (VectorFile file : files) {
      if (wanted(file)) {
        verdicts.add(verdict(file));
      }
    }
    List<String> missing =
        wantedKinds.stream()
            .filter(kind -> files.stream().noneMatch(file -> matches(kind, file)))
            .toList();
    return new Verdicts(verdicts, missing);
  }

  private boolean wanted(VectorFile file) {
    return wantedKinds.isEmpty() || wantedKinds.stream().anyMatch(kind -> matches(kind, file));
  }

  /** A kind is wanted by its label, or by a pattern with {@code *}, or as the file is called. */
  private static boolean matches(String wanted, VectorFile file) {
    Pattern pattern =
        Pattern.compile(
            Arrays.stream(wanted.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    return pattern.matcher(file.kindLabel()).matches() || pattern.matcher(file.stem()).matches();
  }

  private static Verdicts.OfFile verdict(VectorFile file) {
    Optional<Kind> kind = file.kind();
    if (file.unreadable().isPresent()) {
      return refused(file, file.unreadable().get());
    }
    if (kind.isEmpty()) {
      return refused(file, "kind not yet supported");
    }
    CaseRunner runner = kind.get().runner(file.root());
    List<Verdicts.OfCase> cases = new ArrayList<>();
    for (int i = 0; i < file.cases().size(); i++) {
      JsonNode testCase = file.cases().get(i);
      String id = testCase.path("id").asText("case " + (i + 1));
      Findings findings = findings(kind.get(), runner, testCase);
      cases.add(new Verdicts.OfCase(id, findings.list(), findings.notRun(), findings.notes()));
    }
    return new Verdicts.OfFile(file.name(), file.kindLabel(), "", cases);
  }

  private static Verdicts.OfFile refused(VectorFile file, String why) {
    return new Verdicts.OfFile(file.name(), file.kindLabel(), why, List.of());
  }

  private static Findings findings(Kind kind, CaseRunner runner, JsonNode testCase) {
    Findings findings = new Findings();
    if (Kind.of(testCase).filter(own -> own == kind).isEmpty()) {
      findings.problem("the case lacks the fields of kind " + kind.label());
    } else {
      run(runner, testCase, findings);
    }
    return findings;
  }

  /** A vector with a nonsensical field is a failing case, not the end of the run. */
  private static void run(CaseRunner runner, JsonNode testCase, Findings findings) {
    try {
      runner.run(testCase, findings);
    } catch (IllegalArgumentException e) {
      findings.problem("the case cannot be run: " + e.getMessage());
    } catch (RuntimeException e) {
      findings.problem("the case ends in a fault of this implementation: " + e);
    }
  }
}
