package io.github.llmbudget.budget;

import io.github.llmbudget.price.Thousands;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Lays rows of cells out in columns: words to the left, numbers to the right. Cells beyond the columns of the first row
 * follow as they are.
 *
 * @param firstNumberColumn the first column that is aligned to the right
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record TextTable(int firstNumberColumn) {

    private static final String GAP = "  ";

    /**
     * Shows a count with separators.
     *
     * @param count the count
     * @return for example {@code 7,822}
     */
    public static String count(long count) {
        return Thousands.separated(Long.toString(count));
    }

    /**
     * Shows a count of which a part is not known.
     *
     * @param known the part that is known
     * @return for example {@code >=7,822}; {@code ?} if that is nothing
     */
    public static String atLeast(long known) {
        return known == 0 ? "?" : ">=" + count(known);
    }

    /**
     * Lays the rows out.
     *
     * @param rows the rows, the head first
     * @return one line a row, without trailing blanks
     */
    public List<String> lines(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < Math.min(row.size(), widths.length); column++) {
                widths[column] = Math.max(widths[column], TextWidth.of(row.get(column)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(column == 0 ? "" : GAP);
            if (column >= widths.length) {
                line.append(cell);
            } else {
                String blanks = " ".repeat(widths[column] - TextWidth.of(cell));
                line.append(column < firstNumberColumn ? cell + blanks : blanks + cell);
            }
        }
        return line.toString().stripTrailing();
    }
}
