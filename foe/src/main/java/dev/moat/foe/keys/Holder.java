package dev.moat.foe.keys;

/** Whoever can hold keys in a run. */
public enum Holder {
  /** The client whose traffic Foe sees. */
  CLIENT,
  /** Another authorised client, whose traffic Foe does not see. */
  OTHER,
  /** The server. */
  SERVER,
  /** The attacker, who has a key of its own that nobody was told to trust. */
  FOE
}
