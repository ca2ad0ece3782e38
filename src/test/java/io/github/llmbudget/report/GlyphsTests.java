package io.github.llmbudget.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.Metric;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlyphsTests {

    @ParameterizedTest
    @CsvSource({
        "100,  0,        -----",
        "100,  0.000001, #----",
        "100,  39,       #----",
        "100,  40,       ##---",
        "100,  99.99,    ####-",
        "100,  100,      #####",
        "100,  1e30,     #####",
        "0,    0,        -----",
        "0,    1,        #####",
    })
    void fillsABarOnlyWhereAllWasUsed(String max, String used, String bar) {
        assertThat(Glyphs.ASCII.bar(Reports.limit(Metric.COST, max, used, null)))
                .isEqualTo(bar);
    }
}
