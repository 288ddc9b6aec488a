/**
 * Tests letters and previews as HTML and in a browser. {@link dk.underret.pages.Page} creates the pages, {@code MarkupTest} validates
 * the HTML, and {@code BrowserTest} opens them in Chromium. Pages and screenshots are written to {@code target/pages}.
 */
package dk.underret.pages;
