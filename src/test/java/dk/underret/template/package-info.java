/**
 * What {@code template.yaml} must hold to, beyond what linters see: who may do what, what is encrypted, what expires, what happens
 * to what fails. Start with {@code TemplateTest}.
 */
package dk.underret.template;
