/**
 * Where an attack takes place: two endpoints with Foe between them, and time, whether real or
 * virtual.
 *
 * <p>Thread rule: whatever a field calls back runs on the one loop of its run.
 */
@NullMarked
package dev.moat.foe.field;

import org.jspecify.annotations.NullMarked;
