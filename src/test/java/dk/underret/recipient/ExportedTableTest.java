package dk.underret.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportedTableTest {
    @Test
    void neutralises_what_a_spreadsheet_takes_for_a_formula() {
        var table = new ExportedTable(List.of("name", "=column"));
        table.row("=1+1", "+45").row("-1", "@SUM(A1)").row("\t=1", "a=b");
        assertThat(table).hasToString("name,'=column\n'=1+1,'+45\n'-1,'@SUM(A1)\n'\t=1,a=b\n");
    }

    @Test
    void quotes_separators_quotes_and_line_ends() {
        assertThat(new ExportedTable(List.of("a")).row("x, \"y\"\nz")).hasToString("a\n\"x, \"\"y\"\"\nz\"\n");
    }

    @Test
    void lists_problems() {
        var finding = Finding.at(FindingCode.DUPLICATE, "list.csv", 7, "=email", 2);
        assertThat(ExportedTable.problems(List.of(finding), Language.ENGLISH))
                .hasToString(
                        "code,row,column,message\nDUPLICATE,7,'=email,\"The same person is already in row 2, "
                                + "with the same letter. Only one letter is sent. If these are two children, "
                                + "add a column \"\"about\"\" with the child's name; otherwise the parent gets only one letter. "
                                + "If the list has the column \"\"recipient_id\"\", give each child a value of its own there instead.\"\n");
    }
}
