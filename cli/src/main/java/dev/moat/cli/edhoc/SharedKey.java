package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;

/**
 * A key that both sides have (draft-ietf-lake-edhoc-psk).
 *
 * @param kid names it in messages
 * @param key the key, closed with what holds this
 * @param credI CRED_I in CBOR
 * @param credR CRED_R in CBOR
 */
record SharedKey(Bytes kid, SecretBytes key, Bytes credI, Bytes credR) {}
