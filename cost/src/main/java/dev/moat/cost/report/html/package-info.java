/**
 * The report as one page of HTML that needs nothing else: no network, no other file. Every drawing
 * has its numbers beside it as a table; what the page's script draws comes from one JSON element,
 * and all of it was worked out in Java.
 */
@NullMarked
package dev.moat.cost.report.html;

import org.jspecify.annotations.NullMarked;
