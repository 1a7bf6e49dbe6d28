package dev.moat.engine.stream;

/** Why this endpoint ends a connection at once. */
public enum Fault {
  /** RFC 8323, Section 3.3. */
  CSM_MISSING("no CSM came in time"),
  /** Octets that are no message, or one that is too long (RFC 8323, Section 5.6). */
  MALFORMED("malformed message"),
  /** A signalling message that may not be ignored, or comes too early (RFC 8323, Section 5.2). */
  BAD_SIGNAL("bad signalling message"),
  /** A code of the classes 1, 3 and 6 (RFC 7252, Section 4.2). */
  RESERVED_CLASS("code of a reserved class"),
  /** A message that began and did not end in time. */
  SLOW_MESSAGE("a message took too long to arrive"),
  /** The peer does not read what it is sent. */
  NOT_READING("what is sent is not read"),
  /** More is to be sent than there is room for until the peer reads. */
  QUEUE_FULL("too much waits to be read"),
  /** Nothing comes, not even a Pong. */
  SILENT("no sign of life"),
  /** Too many signalling or Empty messages. */
  FLOOD("too many signalling messages"),
  /** No room for a further connection. */
  TOO_MANY("too many connections"),
  /** No room for further messages in the making. */
  NO_ROOM("too many unfinished messages"),
  /** The peer was asked to close by a Release, and did not. */
  LINGERING("not closed in time after a Release"),
  /** The endpoint closes, and requests are open. */
  CLOSING("the endpoint closes");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  /** What the peer and an operator are told, in words. */
  public String words() {
    return words;
  }

  /** True when an Abort has a chance to be read. */
  public boolean isTold() {
    return this != NOT_READING && this != SILENT && this != LINGERING;
  }
}
