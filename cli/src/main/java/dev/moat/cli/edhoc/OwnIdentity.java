package dev.moat.cli.edhoc;

import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.PrivateKey;
import dev.moat.edhoc.suite.AuthenticationKind;

/**
 * Who to be.
 *
 * @param idCred how it is named in messages
 * @param credential the credential
 * @param key its private key, closed with what holds this
 * @param use what the key is used for: signatures or static Diffie-Hellman
 */
record OwnIdentity(IdCred idCred, Credential credential, PrivateKey key, AuthenticationKind use) {}
