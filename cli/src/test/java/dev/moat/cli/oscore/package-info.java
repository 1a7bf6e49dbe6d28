/** Tests of where the command line gets OSCORE security contexts from. */
@NullMarked
package dev.moat.cli.oscore;

import org.jspecify.annotations.NullMarked;
