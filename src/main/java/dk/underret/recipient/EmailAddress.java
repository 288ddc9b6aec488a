package dk.underret.recipient;

import dk.underret.incident.FindingCode;

/** The result of parsing an address field: an address that SES accepts, or the reason why there is none. */
public sealed interface EmailAddress {
    /**
     * An address to send to.
     *
     * @param address the local part as written, {@code @}, and the domain in lower case and Punycode
     */
    record Valid(String address) implements EmailAddress {
        /** Returns a constant: an address is personal data. */
        @Override
        public String toString() {
            return "an address";
        }
    }

    /**
     * A field without an address to send to.
     *
     * @param code the reason: {@code NO_ADDRESS}, {@code BAD_ADDRESS}, {@code SEVERAL_ADDRESSES}, {@code LOCAL_NOT_ASCII},
     *     {@code LOOKALIKE_DOMAIN}, {@code INVISIBLE_CHARACTER} or {@code CONTROL_CHARACTER}
     */
    record Invalid(FindingCode code) implements EmailAddress {}
}
