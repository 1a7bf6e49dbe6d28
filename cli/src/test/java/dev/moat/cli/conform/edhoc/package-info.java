@NullMarked
package dev.moat.cli.conform.edhoc;

import org.jspecify.annotations.NullMarked;
