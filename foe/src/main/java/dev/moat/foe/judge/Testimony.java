package dev.moat.foe.judge;

import dev.moat.foe.app.Asked;
import dev.moat.foe.app.Claim;
import dev.moat.foe.app.ClientApplication;
import dev.moat.foe.app.Deed;
import dev.moat.foe.app.ServerApplication;
import dev.moat.foe.keys.Settlement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the applications say.
 *
 * @param moments beliefs beside the truth, at each moment that counts
 * @param asked what all clients asked for
 * @param deeds what the server did
 * @param flood what somebody received who asked for nothing
 * @param obstacle why the attack could not be carried out, if so
 * @param ending what became of requests and handshakes
 */
public record Testimony(
    List<Moment> moments,
    List<Asked> asked,
    List<Deed> deeds,
    Flood flood,
    Optional<String> obstacle,
    Ending ending) {

  /** Where all requests were served, and nobody shook hands. */
  public Testimony(
      List<Moment> moments,
      List<Asked> asked,
      List<Deed> deeds,
      Flood flood,
      Optional<String> obstacle) {
    this(moments, asked, deeds, flood, obstacle, Ending.UNEVENTFUL);
  }

  /** Keeps its own copies. */
  public Testimony {
    moments = List.copyOf(moments);
    asked = List.copyOf(asked);
    deeds = List.copyOf(deeds);
  }

  /**
   * What became of requests and handshakes.
   *
   * @param unserved the client's requests that its stack knows to be without an answer
   * @param settlement who holds which keys
   */
  public record Ending(List<String> unserved, Settlement settlement) {
    /** All served, nobody shook hands. */
    public static final Ending UNEVENTFUL = new Ending(List.of(), Settlement.NONE);

    /** Keeps its own copy. */
    public Ending {
      unserved = List.copyOf(unserved);
    }
  }

  /** What Foe sent in a victim's name, and what the victim got, in octets of CoAP. */
  public record Flood(long sentOctets, long receivedOctets) {}

  /**
   * Beliefs and the truth at one moment.
   *
   * @param doubts what the client knows that it does not know
   * @param falsehoods one sentence for each belief that is not so, by subject
   */
  public record Moment(List<String> doubts, Map<String, String> falsehoods) {
    /** Asks both applications now. */
    public static Moment now(ClientApplication client, ServerApplication server) {
      Map<String, String> falsehoods = new TreeMap<>();
      client
          .beliefs()
          .forEach(
              (subject, value) -> {
                if (!server.isSo(new Claim(subject, value))) {
                  falsehoods.put(
                      subject,
                      "client believes "
                          + subject
                          + ": "
                          + value
                          + "; truth: "
                          + server.truth(subject));
                }
              });
      return new Moment(client.doubts(), falsehoods);
    }
  }
}
