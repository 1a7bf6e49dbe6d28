/**
 * EDHOC (RFC 9528) on the command line: credentials files, {@code moat edhoc run}, and what both
 * show of a handshake. The format of the files is described in docs/manual/edhoc-credentials.md.
 *
 * <p>Thread rule: each class is used by the thread that runs the command; what it hands out may be
 * shared as its type says.
 */
@NullMarked
package dev.moat.cli.edhoc;

import org.jspecify.annotations.NullMarked;
