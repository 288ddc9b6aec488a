package dk.underret.pages;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nu.validator.checker.jing.CheckerSchema;
import nu.validator.htmlparser.common.XmlViolationPolicy;
import nu.validator.htmlparser.sax.HtmlParser;
import nu.validator.localentities.LocalCacheEntityResolver;
import nu.validator.vendor.thaiopensource.relaxng.impl.CombineValidator;
import nu.validator.vendor.thaiopensource.util.PropertyMapBuilder;
import nu.validator.vendor.thaiopensource.validate.IncorrectSchemaException;
import nu.validator.vendor.thaiopensource.validate.Schema;
import nu.validator.vendor.thaiopensource.validate.ValidateProperty;
import nu.validator.vendor.thaiopensource.validate.prop.rng.RngProperty;
import nu.validator.vendor.thaiopensource.validate.rng.CompactSchemaReader;
import nu.validator.vendor.thaiopensource.xml.sax.Jaxp11XMLReaderCreator;
import nu.validator.xml.NullEntityResolver;
import nu.validator.xml.ariaattributes.AriaAttributeDroppingSchemaWrapper;
import nu.validator.xml.customelements.NamespaceChangingSchemaWrapper;
import nu.validator.xml.dataattributes.DataAttributeDroppingSchemaWrapper;
import nu.validator.xml.langattributes.XmlLangAttributeDroppingSchemaWrapper;
import nu.validator.xml.roleattributes.RoleAttributeFilteringSchemaWrapper;
import nu.validator.xml.templateelement.TemplateElementDroppingSchemaWrapper;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Runs the Nu HTML checker (https://validator.github.io/validator/), assembled from its parts: its own main class requires a version
 * of Jetty that conflicts with DynamoDB Local's.
 */
final class HtmlChecker {
    private static final String HTML5 = "http://s.validator.nu/html5-all.rnc";

    /** Rules beyond the grammar, for example that the text is in the declared language. */
    private static final List<Schema> RULES = List.of(
            CheckerSchema.ASSERTION_SCH,
            CheckerSchema.CSP_ENFORCEMENT_CHECKER,
            CheckerSchema.DUPLICATE_DT_CHECKER,
            CheckerSchema.HEADING_HIERARCHY_CHECKER,
            CheckerSchema.LANGUAGE_DETECTING_CHECKER,
            CheckerSchema.MICRODATA_CHECKER,
            CheckerSchema.NORMALIZATION_CHECKER,
            CheckerSchema.TABLE_CHECKER,
            CheckerSchema.TEXT_CONTENT_CHECKER,
            CheckerSchema.UNCHECKED_SUBTREE_WARNER,
            CheckerSchema.USEMAP_CHECKER,
            CheckerSchema.XML_PI_CHECKER);

    private final Schema html5;

    HtmlChecker() throws IOException, SAXException {
        System.setProperty("nu.validator.checker.enableLangDetection", "1");
        var entities = new LocalCacheEntityResolver(new NullEntityResolver());
        entities.setAllowRnc(true);
        var properties = properties(new Messages());
        properties.put(ValidateProperty.ENTITY_RESOLVER, entities);
        try {
            html5 = wrapped(CompactSchemaReader.getInstance()
                    .createSchema(entities.resolveEntity(null, HTML5), properties.toPropertyMap()));
        } catch (IncorrectSchemaException e) {
            throw new IllegalStateException("the checker's grammar is invalid", e);
        }
    }

    /** Hides the attributes that the grammar leaves to the rules. */
    private static Schema wrapped(Schema grammar) {
        return new NamespaceChangingSchemaWrapper(new TemplateElementDroppingSchemaWrapper(
                new RoleAttributeFilteringSchemaWrapper(new XmlLangAttributeDroppingSchemaWrapper(
                        new AriaAttributeDroppingSchemaWrapper(new DataAttributeDroppingSchemaWrapper(grammar))))));
    }

    private static PropertyMapBuilder properties(ErrorHandler messages) {
        var properties = new PropertyMapBuilder();
        properties.put(ValidateProperty.ERROR_HANDLER, messages);
        properties.put(ValidateProperty.XML_READER_CREATOR, new Jaxp11XMLReaderCreator());
        RngProperty.CHECK_ID_IDREF.add(properties);
        return properties;
    }

    /** Returns every message about a document: errors, warnings and information. */
    List<String> messages(String html) throws IOException, SAXException {
        var messages = new Messages();
        var map = properties(messages).toPropertyMap();
        var parser = new HtmlParser(XmlViolationPolicy.ALLOW);
        parser.setMappingLangToXmlLang(true);
        parser.setErrorHandler(messages);
        parser.setContentHandler(Stream.concat(Stream.of(html5), RULES.stream())
                .map(schema -> schema.createValidator(map))
                .reduce(CombineValidator::new)
                .orElseThrow()
                .getContentHandler());
        parser.parse(new InputSource(new StringReader(html)));
        return messages.all;
    }

    private static final class Messages implements ErrorHandler {
        private final List<String> all = new ArrayList<>();

        @Override
        public void warning(SAXParseException e) {
            all.add("warning, line " + e.getLineNumber() + ": " + e.getMessage());
        }

        @Override
        public void error(SAXParseException e) {
            all.add("error, line " + e.getLineNumber() + ": " + e.getMessage());
        }

        @Override
        public void fatalError(SAXParseException e) {
            error(e);
        }
    }
}
