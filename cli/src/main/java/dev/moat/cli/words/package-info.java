/**
 * CoAP values in words: codes, option names, option values, content formats. Shared by the commands
 * that explain.
 */
@NullMarked
package dev.moat.cli.words;

import org.jspecify.annotations.NullMarked;
