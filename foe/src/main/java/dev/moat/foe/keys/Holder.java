package dev.moat.foe.keys;

/** Whoever can hold keys in a run. */
public enum Holder {
  /** The client whose traffic Foe sees. */
  CLIENT(1),
  /** Another authorised client, whose traffic Foe does not see. */
  OTHER(2),
  /** The server. */
  SERVER(3),
  /** The attacker, who has a key of its own that nobody was told to trust. */
  FOE(4);

  private final int kid;

  Holder(int kid) {
    this.kid = kid;
  }

  /** The octet by which its credential is known. */
  int kid() {
    return kid;
  }
}
