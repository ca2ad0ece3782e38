package io.github.llmbudget.report;

import io.github.llmbudget.budget.Amounts;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/** A JVM that uses something of a run, and is gone. */
public final class UsesOfARun {

    private UsesOfARun() {}

    /** Takes the report directory, the run, and USD. */
    public static void main(String[] arguments) {
        SharedUse.open(Path.of(arguments[0]), new RunId(arguments[1]), List.of())
                .publish("[gone]", "Gone.gone", new Amounts(new BigDecimal(arguments[2]), 8, 2, 1, 0, 0, 0));
    }
}
