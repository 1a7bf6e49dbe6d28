/**
 * {@code moat conform}: replays files of test vectors against the very classes that run in
 * production. A file's kind is read from its content; nothing here knows a file by name.
 */
@NullMarked
package dev.moat.cli.conform;

import org.jspecify.annotations.NullMarked;
