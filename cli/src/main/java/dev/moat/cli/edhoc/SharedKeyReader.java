package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cbor.CborWriter;
import dev.moat.cli.edn.Item;
import dev.moat.cli.entry.Entry;
import dev.moat.cli.keys.CredentialEntries;
import java.util.Set;

/** Reads the member {@code psk} of an entry. */
final class SharedKeyReader {
  private static final String KID = "kid";
  private static final String CRED_I = "cred-i";
  private static final String CRED_R = "cred-r";
  private static final String INITIATOR = "initiator";
  private static final String RESPONDER = "responder";
  private static final Set<String> MEMBERS =
      Set.of(KID, CredentialEntries.KEY, CRED_I, CRED_R, INITIATOR, RESPONDER);
  private static final int MIN_OCTETS = 16;
  private static final int MAX_OCTETS = 64;

  private final Entry psk;

  SharedKeyReader(Entry psk) {
    this.psk = psk;
  }

  SharedKey read() {
    psk.allow(MEMBERS);
    Bytes kid = octets(KID);
    Bytes key = octets(CredentialEntries.KEY);
    if (key.length() < MIN_OCTETS || key.length() > MAX_OCTETS) {
      throw psk.place()
          .member(CredentialEntries.KEY)
          .misuse(
              "has not " + MIN_OCTETS + " to " + MAX_OCTETS + " octets",
              "Make one with 'moat keygen NAME --type psk'.");
    }
    Bytes credI = credential(CRED_I, INITIATOR, kid, key);
    Bytes credR = credential(CRED_R, RESPONDER, kid, key);
    if (credI.equals(credR)) {
      throw psk.place()
          .misuse(
              "has the same identity for initiator and responder",
              "Let them differ, or messages could be reflected.");
    }
    return new SharedKey(kid, SecretBytes.copyOf(key.toArray()), credI, credR);
  }

  private Bytes octets(String member) {
    return Entry.typed(
        psk.place().member(member),
        psk.required(member),
        Item::octets,
        "octets: {\"hex\": \"...\"} or {\"ascii\": \"...\"}");
  }

  private Bytes credential(String whole, String subject, Bytes kid, Bytes key) {
    if (psk.has(whole)) {
      return Entry.typed(
              psk.place().member(whole), psk.required(whole), Item::table, "a claims set")
          .encoded();
    }
    String name = psk.text(subject).orElse(subject);
    return claims(name, kid, key);
  }

  /** As the examples of the draft have it: subject, kid and the key itself. */
  static Bytes claims(String subject, Bytes kid, Bytes key) {
    CborWriter coseKey =
        new CborWriter()
            .map(
                map ->
                    map.put(1, item -> item.integer(4))
                        .put(2, item -> item.bytes(kid))
                        .put(-1, item -> item.bytes(key)));
    return new CborWriter()
        .map(
            map ->
                map.put(2, item -> item.text(subject))
                    .put(8, item -> item.map(cnf -> cnf.put(1, k -> k.encoded(coseKey.toBytes())))))
        .toBytes();
  }
}
