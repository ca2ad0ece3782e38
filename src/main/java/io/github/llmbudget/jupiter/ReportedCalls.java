package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.PriceLines;
import io.github.llmbudget.cassette.BodyText;
import io.github.llmbudget.cassette.CassetteRules;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.report.CallUsage;
import io.github.llmbudget.report.Conversation;
import io.github.llmbudget.usage.KeptExchange;
import io.github.llmbudget.usage.RecordedCall;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the report holds of the calls of one test. */
final class ReportedCalls {

    private final PriceCatalog prices;
    private final CassetteRules rules;
    private final Configuration configuration;

    ReportedCalls(Terms terms, Configuration configuration) {
        this.prices = terms.prices();
        this.rules = terms.cassette().map(TestCassette::rules).orElse(CassetteRules.NONE);
        this.configuration = configuration;
    }

    List<CallUsage> of(List<RecordedCall> calls) {
        return calls.stream().map(this::of).toList();
    }

    private CallUsage of(RecordedCall recorded) {
        Cost cost = prices.costOf(recorded.call());
        return new CallUsage(
                recorded.call(),
                cost,
                PriceLines.missing(recorded.call(), cost, prices),
                conversation(recorded.exchange()));
    }

    private @Nullable Conversation conversation(@Nullable KeptExchange exchange) {
        if (exchange == null) {
            return null;
        }
        Set<String> secrets = new HashSet<>(exchange.keys());
        ConfiguredUpstream.key(configuration).ifPresent(secrets::add);
        BodyText texts = new BodyText(rules, secrets);
        return new Conversation(
                texts.of(exchange.request()), exchange.answer().map(texts::of).orElse(""));
    }
}
