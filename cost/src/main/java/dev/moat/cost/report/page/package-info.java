/** What a report shows, whatever it is written in: sections of charts and tables, and verdicts. */
@NullMarked
package dev.moat.cost.report.page;

import org.jspecify.annotations.NullMarked;
