package io.github.llmbudget.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceLine;
import io.github.llmbudget.price.PriceList;
import io.github.llmbudget.price.PriceRow;
import io.github.llmbudget.wire.JsonOut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestLineWriterTests {

    private static final String ALL_COLUMNS = """
            # as-of: 2026-11-10
            provider,model,component,price,per,tier_op,tier_at,service_tier,region,ttl,valid_from,valid_until,window,source,checked
            openai,our-model,input,0.50,1000,>,200000,priority,eu,,2026-01-01,2026-12-31,Mon-Fri 09:00-12:00+08:00,https://a.b/c?d=e&f,2026-11-01
            ,other-model,input,1.5,,,,,,,,,,,
            """;

    @Test
    void tellsAllOfAPriceRowAsGsonReadsIt() throws IOException {
        PriceList list = PriceList.parse("\"ours\" & théirs", ALL_COLUMNS);
        List<PriceRow> rows = List.of(
                list.rowsOf("our-model").get(0), list.rowsOf("other-model").get(0));

        assertThat(written(rows))
                .startsWith("{\"rows\":[" + ReportJson.line(rows.get(0)) + "," + ReportJson.line(rows.get(1)) + "]");
    }

    private static String written(List<PriceRow> rows) throws IOException {
        LlmCall call = LlmCall.of(Operation.CHAT, "our-model")
                .tokens(TokenCounts.of(1, 0), CountSource.REPORTED)
                .build();
        List<PriceLine> lines =
                rows.stream().map(row -> new PriceLine(BigDecimal.ONE, row)).toList();
        Cost cost = new Cost(BigDecimal.ONE, Cost.Exactness.EXACT, lines);
        TestUsage test = new TestUsage(
                TestUsage.Kind.TEST,
                "id",
                "a.B",
                "B.c",
                TestUsage.Outcome.PASSED,
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(new CallUsage(call, cost)),
                List.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonOut out = new JsonOut(bytes, 64)) {
            new TestLineWriter().write(out, test);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
