package demo;

import io.github.llmbudget.price.Cost;
import io.github.llmbudget.report.ReportWriter;
import io.github.llmbudget.report.TestUsage;
import io.github.llmbudget.report.UsageReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

// tag::own-report[]
/** Writes what each test cost, a line a test. */
public final class CsvReport implements ReportWriter {

    @Override
    public String id() {
        return "csv";
    }

    @Override
    public void write(UsageReport report, Path directory) throws IOException {
        List<String> lines = new ArrayList<>(List.of("test,calls,usd"));
        for (TestUsage test : report.tests()) {
            Cost cost = test.totals().listCost();
            String usd = cost.isComplete() ? cost.usd().toPlainString() : ""; // unknown is not zero
            lines.add('"' + test.name().replace("\"", "\"\"") + "\","
                    + test.calls().size() + "," + usd);
        }
        Files.write(directory.resolve("costs.csv"), lines);
    }
}
// end::own-report[]
