@NullMarked
package dev.moat.cost.measure;

import org.jspecify.annotations.NullMarked;
