package dev.moat.cli.edhoc;

import dev.moat.cose.credential.Credential;
import dev.moat.edhoc.suite.AuthenticationKind;

/**
 * A credential that is accepted as it is.
 *
 * @param credential the credential
 * @param use what its key is used for: signatures or static Diffie-Hellman
 */
record KnownPeer(Credential credential, AuthenticationKind use) {}
