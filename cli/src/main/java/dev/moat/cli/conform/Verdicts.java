package dev.moat.cli.conform;

import java.util.List;

/**
 * What a run found.
 *
 * @param files the files that were looked at
 * @param missingKinds kinds that were asked for and of which there was no file
 */
record Verdicts(List<OfFile> files, List<String> missingKinds) {
  /** True when everything asked for was run and passed. */
  boolean passed() {
    return missingKinds.isEmpty() && !files.isEmpty() && files.stream().allMatch(OfFile::passed);
  }

  /** Cases that ran. */
  long cases() {
    return files.stream().mapToLong(OfFile::ran).sum();
  }

  /** Cases that ask for something that is not supported, in files of supported kinds. */
  long casesNotRun() {
    return files.stream().mapToLong(file -> file.cases().size() - file.ran()).sum();
  }

  /** Cases that failed. */
  long failures() {
    return files.stream().mapToLong(OfFile::failures).sum();
  }

  /** Files that were not run. */
  List<OfFile> skipped() {
    return files.stream().filter(file -> !file.refusal().isEmpty()).toList();
  }

  /**
   * What became of one file.
   *
   * @param name the file's name
   * @param kind the label of its kind
   * @param refusal why it was not run; empty when it was
   * @param cases the verdict on each case
   */
  record OfFile(String name, String kind, String refusal, List<OfCase> cases) {
    /** A file of which nothing could be run has shown nothing. */
    boolean passed() {
      return refusal.isEmpty() && failures() == 0 && ran() > 0;
    }

    long ran() {
      return cases.stream().filter(OfCase::ran).count();
    }

    long failures() {
      return cases.stream().filter(one -> !one.problems().isEmpty()).count();
    }
  }

  /**
   * What became of one case.
   *
   * @param id its name in the file
   * @param problems everything that differs; empty when it passed
   * @param notRun why it was not run; empty when it was
   * @param notes how it was judged, where a reader should know
   */
  record OfCase(String id, List<String> problems, String notRun, List<String> notes) {
    boolean ran() {
      return notRun.isEmpty() || !problems.isEmpty();
    }

    boolean passed() {
      return ran() && problems.isEmpty();
    }
  }
}
