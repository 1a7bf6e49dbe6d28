package dev.moat.cost.study;

/** Hears what a study is at. */
@FunctionalInterface
public interface StudyProgress {
  /** Nobody listens. */
  StudyProgress NONE = (done, of, words) -> {};

  /**
   * Called before each step, on the thread of the study.
   *
   * @param done steps that are over
   * @param of steps in all
   * @param words what begins now
   */
  void step(int done, int of, String words);
}
