package dk.underret.recipient;

import dk.underret.incident.FindingCode;

final class AddressField {
    private AddressField() {}

    static EmailAddress parse(String text) {
        return text.isBlank() ? new EmailAddress.Bad(FindingCode.NO_ADDRESS) : new EmailAddress.Good(text);
    }
}
