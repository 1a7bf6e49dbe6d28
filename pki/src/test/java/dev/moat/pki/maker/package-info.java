/** Tests of the maker of certificates. */
@NullMarked
package dev.moat.pki.maker;

import org.jspecify.annotations.NullMarked;
