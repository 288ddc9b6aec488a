/**
 * Letters: one Handlebars file per locale becomes subject, plain text and HTML for one recipient.
 *
 * <p>Start with {@code LetterTemplate}, the only user of Handlebars and Markdown. May use {@code recipient}
 * and {@code incident}.
 */
@NullMarked
package dk.underret.letter;

import org.jspecify.annotations.NullMarked;
