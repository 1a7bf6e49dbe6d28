package dev.moat.radio.reference;

import dev.moat.radio.sizes.CredentialReference;
import dev.moat.radio.sizes.EdhocSizes;
import dev.moat.radio.sizes.SuiteSizes;
import java.util.LinkedHashMap;
import java.util.Map;

/** The EDHOC size model of section handshake_sizes: every method, two suites, every credential. */
final class EdhocModelClaims {
  private static final Map<String, CredentialReference> REFERENCES = references();

  private EdhocModelClaims() {}

  static void add(Place file, Claims claims) {
    Place model = file.to("handshake_sizes", "edhoc_size_model");
    for (Place octets : model.to("id_cred_plaintext_bytes").children()) {
      claims.exactly(octets, REFERENCES.get(octets.name()).octets());
    }
    for (Place suite : model.to("suites").children()) {
      SuiteSizes sizes = SuiteSizes.of(Integer.parseInt(suite.name()));
      claims.exactly(suite.to("mac"), sizes.mac());
      claims.exactly(suite.to("tag"), sizes.tag());
      claims.exactly(suite.to("sig"), sizes.signature());
      claims.exactly(suite.to("g"), sizes.share());
    }
    for (Place row : model.to("rows").children()) {
      EdhocSizes sizes = sizes(row);
      claims.exactly(row.to("m1"), sizes.message1());
      claims.exactly(row.to("m2"), sizes.message2());
      claims.exactly(row.to("m3"), sizes.message3());
      claims.exactly(row.to("total"), sizes.total());
    }
    oneSided(model.to("one_sided"), claims);
  }

  private static void oneSided(Place rows, Claims claims) {
    CredentialReference kid = Shapes.KID;
    Map.of(
            "method2? R signature x5t, I static kid", Shapes.edhoc(2, 2, Shapes.X5T, kid),
            "method1 I signature x5t, R static kid", Shapes.edhoc(1, 2, kid, Shapes.X5T),
            "method3 R x5t I kid", Shapes.edhoc(3, 2, Shapes.X5T, kid),
            "method3 R kid I x5t", Shapes.edhoc(3, 2, kid, Shapes.X5T),
            "method3 R kccs_min I kid", Shapes.edhoc(3, 2, Shapes.KCCS_44, kid),
            "method3 R kid I kccs_min", Shapes.edhoc(3, 2, kid, Shapes.KCCS_44))
        .forEach((name, sizes) -> claims.exactly(rows.to(name), Shapes.messages(sizes)));
  }

  /** The shape a row is about; the credential of the Responder stands first where two differ. */
  static EdhocSizes sizes(Place row) {
    String name = row.to("id_cred").text();
    boolean both = REFERENCES.containsKey(name);
    CredentialReference responder = REFERENCES.get(both ? name : name.split("/")[0]);
    CredentialReference initiator = REFERENCES.get(both ? name : name.split("/")[1]);
    return Shapes.edhoc(
        row.to("method").integer(), row.to("suite").integer(), responder, initiator);
  }

  private static Map<String, CredentialReference> references() {
    Map<String, CredentialReference> references = new LinkedHashMap<>();
    references.put("kid1", CredentialReference.shortKid());
    references.put("kid8", CredentialReference.kid(8));
    references.put("x5t_sha256/64", CredentialReference.x5tShort());
    references.put("c5t_sha256/64", CredentialReference.c5tShort());
    references.put("x5t_sha256", CredentialReference.x5t());
    references.put("x5u_30chars", CredentialReference.x5u(30));
    references.put("kccs_min44", CredentialReference.kccs(44));
    references.put("kccs_rfc9529_R95", CredentialReference.kccs(95));
    references.put("kccs_rfc9529_I107", CredentialReference.kccs(107));
    references.put("x5chain_241", CredentialReference.x5chain(241));
    references.put("x5chain_2x241", CredentialReference.x5chain(241, 241));
    return references;
  }
}
