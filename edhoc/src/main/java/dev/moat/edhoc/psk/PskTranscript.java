package dev.moat.edhoc.psk;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.schedule.MessageKey;
import dev.moat.edhoc.schedule.Prk3e2m;
import dev.moat.edhoc.schedule.Prk4e3m;
import dev.moat.edhoc.schedule.Th3;
import dev.moat.edhoc.schedule.Th4;

/** What both sides compute alike with the pre-shared key (Section 4 of the draft). */
record PskTranscript(Terms terms, Role role, Th3 th3, PskCredential credential) {
  private static final int K_3 = 3;
  private static final int KEYSTREAM_3A = 12;

  /** The external_aad of CIPHERTEXT_3B (Section 5.3.2). */
  Bytes externalAad(Bytes idCredPsk) {
    CborWriter start =
        new CborWriter().encoded(PublishedForm.idCredInTranscript(idCredPsk)).bytes(th3.value());
    return credential.lendCredentials(role, both -> start.encoded(both).toBytes());
  }

  /** H(TH_3, ID_CRED_PSK, PLAINTEXT_3B, CRED_I, CRED_R). */
  Th4 th4(Bytes idCredPsk, EadItems ead3) {
    Bytes named = PublishedForm.idCredInTranscript(idCredPsk).plus(ead3.encoded());
    return credential.lendCredentials(role, both -> Th4.of(terms.kdf(), th3, named, both));
  }

  /** EDHOC_Extract(SALT_4e3m, PSK). */
  Prk4e3m prk4e3m(Prk3e2m prk3e2m) {
    return prk3e2m.mixed(th3, credential.psk());
  }

  /** K_3 and IV_3, which here come from PRK_4e3m. */
  MessageKey key3(Prk4e3m prk4e3m) {
    return prk4e3m.messageKey(K_3, th3.value(), terms.suite().aead());
  }

  /** PLAINTEXT_3A of CIPHERTEXT_3A and the other way round. */
  static Bytes applyKeystream3a(Prk3e2m prk3e2m, Th3 th3, Bytes text) {
    return prk3e2m.applyKeystream(KEYSTREAM_3A, th3.value(), text);
  }
}
