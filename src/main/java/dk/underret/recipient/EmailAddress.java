package dk.underret.recipient;

import dk.underret.incident.FindingCode;

/** What stands in an address field: an address that SES can be given, or why it is none. */
public sealed interface EmailAddress {
    /**
     * Reads an address field.
     *
     * @param text the field as it stands in the list; spaces around it don't count, line ends do
     */
    static EmailAddress parse(String text) {
        return AddressField.parse(text);
    }

    /**
     * An address to send to. {@code toString} shows nothing of it.
     *
     * @param address the local part as written, {@code @}, the domain in lower case and in punycode
     */
    record Valid(String address) implements EmailAddress {
        /** Shows nothing: an address is personal data. */
        @Override
        public String toString() {
            return "an address";
        }
    }

    /**
     * No address to send to.
     *
     * @param code why: {@code NO_ADDRESS}, {@code BAD_ADDRESS}, {@code SEVERAL_ADDRESSES}, {@code LOCAL_NOT_ASCII},
     *     {@code LOOKALIKE_DOMAIN}, {@code INVISIBLE_CHARACTER} or {@code CONTROL_CHARACTER}
     */
    record Invalid(FindingCode code) implements EmailAddress {}
}
