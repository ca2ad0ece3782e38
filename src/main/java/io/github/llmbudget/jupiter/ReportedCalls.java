package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.PriceLines;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.cassette.BodyText;
import io.github.llmbudget.cassette.CassetteRules;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.report.CallUsage;
import io.github.llmbudget.report.CallsOnDemand;
import io.github.llmbudget.report.Conversation;
import io.github.llmbudget.usage.KeptExchange;
import io.github.llmbudget.usage.UsageLedger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    List<CallUsage> of(UsageLedger ledger) {
        List<LlmCall> calls = ledger.usage().calls();
        return CallsOnDemand.of(calls.size(), index -> of(calls.get(index), ledger.exchange(index)));
    }

    private CallUsage of(LlmCall call, Optional<KeptExchange> exchange) {
        Cost cost = prices.costOf(call);
        return new CallUsage(
                call,
                cost,
                PriceLines.missing(call, cost, prices),
                exchange.map(this::conversation).orElse(null));
    }

    private Conversation conversation(KeptExchange exchange) {
        Set<String> secrets = new HashSet<>(exchange.keys());
        ConfiguredUpstream.key(configuration).ifPresent(secrets::add);
        BodyText texts = new BodyText(rules, secrets);
        return new Conversation(
                texts.of(exchange.request()), exchange.answer().map(texts::of).orElse(""));
    }
}
