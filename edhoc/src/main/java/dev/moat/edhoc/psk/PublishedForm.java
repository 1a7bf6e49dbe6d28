package dev.moat.edhoc.psk;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.message.IdCredForm;
import dev.moat.edhoc.suite.CipherSuite;

/**
 * Where the draft's text and its published test vectors disagree; this follows the vectors
 * (docs/decisions/0008). All that has to change when the draft is settled stands here.
 */
final class PublishedForm {
  private PublishedForm() {}

  /**
   * ID_CRED_PSK in external_aad and in TH_4. The vectors have the compact form of plaintexts, the
   * text the header map (Section 3.1.3).
   */
  static Bytes idCredInTranscript(Bytes map) {
    return IdCredForm.compact(map);
  }

  /**
   * Length of rPSK. The vectors have 16 octets with suite 2, the text hash_length, which is 32
   * (Section 6); the AEAD's key length is 16 there, and never weaker than the suite.
   */
  static int resumptionKeyOctets(CipherSuite suite) {
    return suite.aead().keyOctets();
  }
}
