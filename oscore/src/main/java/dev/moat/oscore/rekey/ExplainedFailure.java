package dev.moat.oscore.rekey;

/** Why a procedure came to no context, in words that may be logged. */
public interface ExplainedFailure {
  /** One line for people, without secrets. */
  String explanation();
}
