@NullMarked
package dev.moat.cli.conform.curve;

import org.jspecify.annotations.NullMarked;
