package dk.underret.recipient;

import dk.underret.testing.FakeKeys;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/** Rules with letters in Danish and English that print {@code name} and {@code member_no}. */
final class TestRules {
    static final SecretKeySpec KEY = new SecretKeySpec(new FakeKeys().incidentKey("incident"), "HmacSHA256");

    private TestRules() {}

    static ListRules rules() {
        return rules(10_000_000, 2_000_000, Set.of(), Set.of());
    }

    static ListRules rules(long maxBytes, long maxRows, Set<String> notCpr, Set<String> required) {
        return new ListRules("v1", KEY, maxBytes, maxRows, notCpr, new Needs(required));
    }

    private record Needs(Set<String> required) implements LetterNeeds {
        @Override
        public Set<String> read() {
            return Set.of("name", "member_no");
        }

        @Override
        public Optional<String> letter(String locale) {
            if (locale.isEmpty()) return Optional.of("da");
            return Set.of("da", "en").contains(locale) ? Optional.of(locale) : Optional.empty();
        }

        @Override
        public List<String> missing(String locale, Recipient person) {
            return person.values().containsKey("member_no")
                            && person.value("member_no").isEmpty()
                    ? List.of("member_no")
                    : List.of();
        }

        @Override
        public List<String> lineEnds(String locale, Recipient person) {
            return List.of();
        }
    }
}
