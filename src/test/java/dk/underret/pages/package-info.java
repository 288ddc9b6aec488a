/**
 * Letters and previews as people get to see them: checked as HTML, and in a browser. {@link dk.underret.pages.Page} makes them all;
 * {@code MarkupTest} reads them, {@code BrowserTest} opens them in Chromium. The pages and what they looked like are left in
 * {@code target/pages}.
 */
package dk.underret.pages;
