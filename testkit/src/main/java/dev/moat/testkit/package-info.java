/**
 * What tests are made of: conformance vectors as typed cases, seeded randomness, and a clock that
 * stands still.
 *
 * <p>Depends on {@code bytes} alone, so that every other module may test with it. Nothing here
 * belongs in production; what would be dangerous there is called {@code Insecure}.
 */
@NullMarked
package dev.moat.testkit;

import org.jspecify.annotations.NullMarked;
