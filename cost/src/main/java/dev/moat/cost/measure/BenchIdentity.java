package dev.moat.cost.measure;

import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.PrivateKey;
import dev.moat.edhoc.suite.AuthenticationKind;

/**
 * A side with a key pair, the caller's own for instance.
 *
 * @param idCred how messages name the credential: ID_CRED_x
 * @param credential CRED_x
 * @param key its private key, which stays the caller's to close
 * @param use what the key is used for: signatures or static Diffie-Hellman
 */
public record BenchIdentity(
    IdCred idCred, Credential credential, PrivateKey key, AuthenticationKind use) {}
