/**
 * Tests {@code template.yaml} against rules that linters don't know: permissions, encryption, retention and failure handling. Start
 * with {@code TemplateTest}.
 */
package dk.underret.template;
