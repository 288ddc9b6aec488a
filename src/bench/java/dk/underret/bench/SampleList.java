package dk.underret.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes lists of invented people, each once, in 114 bytes a row. The number of rows determines the list. */
final class SampleList {
    private static final String[] FIRST = {
        "Anne", "Søren", "Mette", "Åse", "Mohammed", "Kirsten", "Jørgen", "Ida Marie", "Lars", "Fatima", "Bjørn", "Noah"
    };
    private static final String[] LAST = {
        "Nielsen", "Østergaard", "Hansen", "Lindqvist", "Kjær", "Pedersen", "Aakjær", "El-Amrani", "Holm", "Sørensen"
    };
    private static final String[] STREET = {"Skovvej", "\"Nørregade, 2. th.\"", "Kirkebakken", "Ågade", "Møllestien"};

    private SampleList() {}

    static Path write(Path file, int rows) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            out.write("email,name,member_no,address_1,postcode,city,reminder\r\n");
            for (var i = 0; i < rows; i++) out.write(row(i));
        }
        return file;
    }

    private static String row(int i) {
        // First and last names change at different rates, so that neighbouring rows differ.
        var name = FIRST[i % FIRST.length] + " " + LAST[i / 7 % LAST.length];
        return "member%07d@lists.kommune.example,%s,M-%08d,%s,%d,Elverhøj ved Skoven og Åen,%s\r\n"
                .formatted(i, name, i, STREET[i % STREET.length], 1000 + i % 9000, i % 3 == 0 ? "yes" : "no");
    }
}
