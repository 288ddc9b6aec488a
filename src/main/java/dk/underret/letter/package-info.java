/**
 * Letters: one Handlebars file per locale becomes subject, plain text and HTML for each recipient.
 *
 * <p>Start with {@link dk.underret.letter.LetterTemplate}. A letter passes through these files:
 *
 * <ol>
 *   <li>Source: {@code Letters} finds the {@code LetterSource}. {@code LetterLimits} and {@code SourceCheck} refuse a source that
 *       is too long, nested too deeply or not text. {@code LetterHeader} splits off {@code Subject:} and {@code Covers:}.
 *   <li>Lint: {@code SyntaxReader} parses the tags into {@code Syntax}, {@code TagLint} checks them without facts. With facts,
 *       {@code FactsLint} walks the tree: {@code Guards} decides which branches are printed, {@code OutputAnalysis} checks the
 *       printed values. The result is findings and the {@code Requirements} that each row must meet; nothing is rendered.
 *   <li>Rendering: {@code PreparedLetter} asks {@code RenderPlans} for the plan of a row's shape. For a new shape
 *       {@code TemplateRenderer} runs Handlebars over a {@code Model} of {@code TemplateValue}s and {@code Markdown} over the output,
 *       while {@code RenderTrace} records each {@code ShapeCondition} and each printed {@code Value}. {@code RenderPlan} fills a
 *       row's values into the {@code SlottedText} of subject, text and HTML: the {@code Letter}.
 * </ol>
 *
 * <p>Findings carry the letter's lines ({@code LetterFindings}). May use {@code recipient} and {@code incident}.
 */
@NullMarked
package dk.underret.letter;

import org.jspecify.annotations.NullMarked;
