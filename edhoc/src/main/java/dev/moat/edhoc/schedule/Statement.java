package dev.moat.edhoc.schedule;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;

/**
 * What a side states about itself, covered by MAC_2 or MAC_3 and, where it signs, by its signature
 * (RFC 9528, Sections 5.3.2 and 5.4.2). Every field is encoded as it stands in the statement.
 */
public final class Statement {
  private final Bytes connectionId;
  private final Bytes idCred;
  private final Bytes th;
  private final Bytes credential;
  private final Bytes ead;

  private Statement(Bytes connectionId, Bytes idCred, Bytes th, Bytes credential, Bytes ead) {
    this.connectionId = connectionId;
    this.idCred = idCred;
    this.th = th;
    this.credential = credential;
    this.ead = ead;
  }

  /**
   * The Responder's.
   *
   * @param cR C_R as it stands in message_2
   * @param idCredR the map ID_CRED_R, never its compact form
   * @param credR CRED_R
   * @param ead2 the items of EAD_2, or zero octets
   */
  public static Statement ofResponder(Bytes cR, Bytes idCredR, Th2 th2, Bytes credR, Bytes ead2) {
    return new Statement(cR, idCredR, th2.value(), credR, ead2);
  }

  /**
   * The Initiator's.
   *
   * @param idCredI the map ID_CRED_I, never its compact form
   * @param credI CRED_I
   * @param ead3 the items of EAD_3, or zero octets
   */
  public static Statement ofInitiator(Bytes idCredI, Th3 th3, Bytes credI, Bytes ead3) {
    return new Statement(Bytes.empty(), idCredI, th3.value(), credI, ead3);
  }

  /** context_2 or context_3, the CBOR sequence under the MAC. */
  public Bytes context() {
    CborWriter start = new CborWriter().encoded(connectionId).encoded(idCred);
    return start.encoded(externalAad()).toBytes();
  }

  /** The protected header of the signature. */
  public Bytes protectedMap() {
    return idCred;
  }

  /** The external_aad of the signature. */
  public Bytes externalAad() {
    return new CborWriter().bytes(th).encoded(credential).encoded(ead).toBytes();
  }
}
