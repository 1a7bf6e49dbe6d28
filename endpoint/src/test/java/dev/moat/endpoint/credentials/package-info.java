/** Tests of credentials. */
@NullMarked
package dev.moat.endpoint.credentials;

import org.jspecify.annotations.NullMarked;
