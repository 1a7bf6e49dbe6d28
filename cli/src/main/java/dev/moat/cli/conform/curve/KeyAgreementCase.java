package dev.moat.cli.conform.curve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cose.CoseException;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.KeyMaterialException;
import java.util.Optional;

/**
 * A test of key agreement by Wycheproof. A point is read as a credential's key is: both coordinates
 * must lie on the curve, then the first one goes into the agreement.
 */
public final class KeyAgreementCase implements CaseRunner {
  private final Curves curves;

  /** Tests {@code curves}. */
  public KeyAgreementCase(Curves curves) {
    this.curves = curves;
  }

  @Override
  public void run(JsonNode testCase, Findings findings) {
    String name = Json.text(testCase, "curve");
    Optional<DhCurve> curve = CurveNames.agreement(name).filter(curves::supports);
    String type = Json.text(testCase, "type");
    if (!type.equals("XdhComp") && !type.equals("EcdhEcpointTest")) {
      findings.notRun("keys in the encoding of " + type + " are not supported");
    } else if (curve.isEmpty()) {
      findings.notRun("the curve " + name + " is not supported");
    } else {
      judge(curve.get(), testCase, findings);
    }
  }

  private void judge(DhCurve curve, JsonNode testCase, Findings findings) {
    Bytes shared = Json.octets(testCase, "shared");
    Verdict verdict = new Verdict(testCase, findings);
    Bytes computed;
    try {
      computed = agree(curve, testCase);
    } catch (KeyMaterialException refused) {
      verdict.refused(refused.reason().name());
      return;
    } catch (CoseException refused) {
      verdict.refused(refused.reason().name());
      return;
    }
    // RFC 7748, Section 6; RFC 9528, Section 9.2: whatever Wycheproof accepts, such a secret must
    // not be used. On the NIST curves it is a point's coordinate like every other.
    if (!isWeierstrass(curve) && computed.equals(Bytes.owned(new byte[computed.length()]))) {
      findings.problem("an all-zero shared secret is not refused");
    }
    verdict.done("shared", shared, computed);
  }

  private Bytes agree(DhCurve curve, JsonNode testCase) throws KeyMaterialException, CoseException {
    Bytes coordinate = coordinate(curve, Json.octets(testCase, "public"));
    try (SecretBytes octets = SecretBytes.copyOf(scalar(curve, testCase).toArray());
        DhPrivateKey own = curves.privateKey(curve, octets);
        SecretBytes shared = own.agree(curves.publicKey(curve, coordinate))) {
      return shared.use(Bytes::copyOf);
    }
  }

  private static Bytes scalar(DhCurve curve, JsonNode testCase) {
    Bytes octets = Json.octets(testCase, "private");
    return isWeierstrass(curve) ? Unsigned.fixed(octets, curve.octets()) : octets;
  }

  private static Bytes coordinate(DhCurve curve, Bytes encoded) throws CoseException {
    return isWeierstrass(curve) ? PublicKey.ofPoint(KeyCurve.of(curve), encoded).x() : encoded;
  }

  private static boolean isWeierstrass(DhCurve curve) {
    return KeyCurve.of(curve).hasTwoCoordinates();
  }
}
