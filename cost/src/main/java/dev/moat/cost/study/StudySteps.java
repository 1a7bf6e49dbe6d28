package dev.moat.cost.study;

/** Counts the steps of a study for whoever listens. */
final class StudySteps {
  private final StudyProgress progress;
  private final int all;
  private int done;

  StudySteps(StudyProgress progress, int all) {
    this.progress = progress;
    this.all = all;
  }

  void next(String words) {
    progress.step(done, all, words);
    done++;
  }
}
