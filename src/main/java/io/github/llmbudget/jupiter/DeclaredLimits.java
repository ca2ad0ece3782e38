package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Finds the limits of a test. Of each limit the nearest declaration wins; the configuration is the farthest. */
final class DeclaredLimits {

    private final Declarations declarations;
    private final Configuration configuration;

    DeclaredLimits(Declarations declarations, Configuration configuration) {
        this.declarations = declarations;
        this.configuration = configuration;
    }

    List<Limit> find() {
        List<Limit> limits = new ArrayList<>();
        cost().ifPresent(limits::add);
        tokens(Metric.TOKENS, "", MaxTokens::value)
                .or(() -> configured(Metric.TOKENS, Configuration.DEFAULT_MAX_TOKENS))
                .ifPresent(limits::add);
        tokens(Metric.INPUT_TOKENS, "input = ", MaxTokens::input).ifPresent(limits::add);
        tokens(Metric.OUTPUT_TOKENS, "output = ", MaxTokens::output).ifPresent(limits::add);
        calls().ifPresent(limits::add);
        return limits;
    }

    private Optional<Limit> cost() {
        return declarations.find(MaxCost.class).stream()
                .map(declared -> cost(declared.annotation().value(), declared.on()))
                .findFirst()
                .or(() -> configuration
                        .money(Configuration.DEFAULT_MAX_COST)
                        .map(max -> configured(Metric.COST, max, Configuration.DEFAULT_MAX_COST)));
    }

    private static Limit cost(double value, String on) {
        if (Double.isFinite(value) && value >= 0) {
            BigDecimal max = BigDecimal.valueOf(value);
            return new Limit(Metric.COST, max, "@MaxCost(" + plain(max) + ")", on);
        }
        throw new ConfigurationException("@MaxCost(" + value + ") on " + on
                + ": a cost limit is an amount in USD, zero or more, such as @MaxCost(0.02).");
    }

    private Optional<Limit> tokens(Metric metric, String member, ToLongFunction<MaxTokens> value) {
        List<Declarations.Declared<MaxTokens>> declared = declarations.find(MaxTokens.class);
        declared.forEach(DeclaredLimits::requireALimit);
        return declared.stream()
                .filter(found -> value.applyAsLong(found.annotation()) != MaxTokens.UNLIMITED)
                .map(found -> count(metric, "MaxTokens", member, value.applyAsLong(found.annotation()), found.on()))
                .findFirst();
    }

    private static void requireALimit(Declarations.Declared<MaxTokens> declared) {
        MaxTokens tokens = declared.annotation();
        if (tokens.value() == MaxTokens.UNLIMITED
                && tokens.input() == MaxTokens.UNLIMITED
                && tokens.output() == MaxTokens.UNLIMITED) {
            throw new ConfigurationException("@MaxTokens on " + declared.on()
                    + " sets no limit. Give it a value, input or output, such as @MaxTokens(7500).");
        }
    }

    private Optional<Limit> calls() {
        return declarations.find(MaxCalls.class).stream()
                .map(declared -> count(
                        Metric.CALLS, "MaxCalls", "", declared.annotation().value(), declared.on()))
                .findFirst()
                .or(() -> configured(Metric.CALLS, Configuration.DEFAULT_MAX_CALLS));
    }

    private static Limit count(Metric metric, String annotation, String member, long max, String on) {
        String declaration = "@" + annotation + "(" + member + max + ")";
        if (max < 0) {
            throw new ConfigurationException(
                    declaration + " on " + on + ": a limit is a number of " + metric.label() + ", zero or more.");
        }
        return new Limit(metric, BigDecimal.valueOf(max), declaration, on);
    }

    private Optional<Limit> configured(Metric metric, String key) {
        return configuration.count(key).map(max -> configured(metric, BigDecimal.valueOf(max), key));
    }

    private static Limit configured(Metric metric, BigDecimal max, String key) {
        return new Limit(metric, max, key + "=" + plain(max), "every test without its own");
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
