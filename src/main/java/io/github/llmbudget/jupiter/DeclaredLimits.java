package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Over;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the limits of a test. Of each limit the nearest declaration wins; the configuration is the farthest. */
final class DeclaredLimits {

    private final Declarations declarations;
    private final Configuration configuration;

    DeclaredLimits(Declarations declarations, Configuration configuration) {
        this.declarations = declarations;
        this.configuration = configuration;
    }

    /**
     * Returns the limits on the calls of one test, each by itself or all together.
     *
     * @param defaults those of tests that declare none of their kind
     */
    List<Limit> ofTest(List<Limit> defaults) {
        List<Found> found = declared();
        found.forEach(Found::requirePlace);
        List<Limit> limits = nearest(found, limit -> limit.per() != Scope.CLASS);
        for (Limit usual : defaults) {
            if (limits.stream().noneMatch(usual::isAboutTheSameAs)) {
                limits.add(usual);
            }
        }
        limits.sort(Comparator.comparing(Limit::metric));
        return limits;
    }

    /** Returns the limits that the tests of a class share. Each class that inherits one has its own. */
    List<Limit> ofClass(String name) {
        return nearest(declared(), limit -> limit.per() == Scope.CLASS).stream()
                .map(limit -> limit.declaredOn().equals(name) ? limit : limit.inheritedBy(name))
                .toList();
    }

    private static List<Limit> nearest(List<Found> all, Predicate<Limit> wanted) {
        List<Found> nearest = new ArrayList<>();
        for (Found each : all) {
            Found found = each.besides(nearest);
            if (!wanted.test(found.limit)) {
                continue;
            }
            Optional<Found> nearer =
                    nearest.stream().filter(found::isReplacedBy).findFirst();
            nearer.filter(other -> other.declared.distance() == found.declared.distance())
                    .ifPresent(other -> {
                        throw Declarations.twice(other.declared, found.declared);
                    });
            if (nearer.isEmpty()) {
                nearest.add(found);
            }
        }
        List<Limit> limits = new ArrayList<>();
        nearest.forEach(found -> limits.add(found.limit));
        return limits;
    }

    /** Returns all limits that are declared, the nearest first. */
    private List<Found> declared() {
        List<Found> found = new ArrayList<>();
        declarations.findAll(MaxCost.class).forEach(declared -> found.add(cost(declared)));
        declarations.findAll(MaxTokens.class).forEach(declared -> found.addAll(tokens(declared)));
        declarations.findAll(MaxCalls.class).forEach(declared -> found.add(calls(declared)));
        declarations.find(ExpectNoLlmCalls.class).forEach(declared -> found.add(noCalls(declared)));
        declarations.registrations().forEach(declared -> found.addAll(registered(declared)));
        found.sort(Comparator.comparing(limit -> limit.declared.distance()));
        return found;
    }

    private List<Found> registered(Declarations.Declared<Registration> declared) {
        return declared.what().limits().stream()
                .map(max -> new Found(
                        declared.what()
                                .terms()
                                .apply(new Limit(max.metric(), max.value(), max.text(), declared.on()), configuration),
                        declared))
                .toList();
    }

    private Found cost(Declarations.Declared<MaxCost> declared) {
        MaxCost cost = declared.what();
        if (!Double.isFinite(cost.value()) || cost.value() < 0) {
            throw new ConfigurationException("@MaxCost(" + cost.value() + ") on " + declared.on()
                    + ": a cost limit is an amount in USD, zero or more, such as @MaxCost(0.02).");
        }
        LimitTerms terms = new LimitTerms(cost.per(), cost.hard(), cost.role(), cost.warnAt(), cost.over());
        BigDecimal max = BigDecimal.valueOf(cost.value());
        return found(declared, Metric.COST, max, terms, "MaxCost", "");
    }

    private List<Found> tokens(Declarations.Declared<MaxTokens> declared) {
        MaxTokens tokens = declared.what();
        LimitTerms terms = new LimitTerms(tokens.per(), tokens.hard(), tokens.role(), tokens.warnAt(), tokens.over());
        List<Found> found = new ArrayList<>();
        tokens(declared, Metric.TOKENS, tokens.value(), "", terms).ifPresent(found::add);
        tokens(declared, Metric.INPUT_TOKENS, tokens.input(), "input", terms).ifPresent(found::add);
        tokens(declared, Metric.OUTPUT_TOKENS, tokens.output(), "output", terms).ifPresent(found::add);
        if (found.isEmpty()) {
            throw new ConfigurationException("@MaxTokens on " + declared.on()
                    + " sets no limit. Give it a value, input or output, such as @MaxTokens(7500).");
        }
        return found;
    }

    private Optional<Found> tokens(
            Declarations.Declared<MaxTokens> declared, Metric metric, long max, String member, LimitTerms terms) {
        return max == MaxTokens.UNLIMITED
                ? Optional.empty()
                : Optional.of(count(declared, metric, max, terms, "MaxTokens", member));
    }

    private Found calls(Declarations.Declared<MaxCalls> declared) {
        MaxCalls calls = declared.what();
        LimitTerms terms = new LimitTerms(calls.per(), calls.hard(), calls.role(), calls.warnAt(), calls.over());
        return count(declared, Metric.CALLS, calls.value(), terms, "MaxCalls", "");
    }

    private static Found noCalls(Declarations.Declared<ExpectNoLlmCalls> declared) {
        Limit none = new Limit(Metric.CALLS, BigDecimal.ZERO, "@ExpectNoLlmCalls", declared.on());
        return new Found(none.of(Scope.TEST, EnumSet.allOf(Role.class)).hardened(), declared);
    }

    private Found count(
            Declarations.Declared<?> declared,
            Metric metric,
            long max,
            LimitTerms terms,
            String annotation,
            String member) {
        if (max < 0) {
            throw new ConfigurationException("@" + annotation + "(" + terms.members(member, Long.toString(max))
                    + ") on " + declared.on() + ": a limit is a number of " + metric.label() + ", zero or more.");
        }
        return found(declared, metric, BigDecimal.valueOf(max), terms, annotation, member);
    }

    private Found found(
            Declarations.Declared<?> declared,
            Metric metric,
            BigDecimal max,
            LimitTerms terms,
            String annotation,
            String member) {
        String declaration = "@" + annotation + "(" + terms.members(member, plain(max)) + ")";
        Limit limit = new Limit(metric, max, declaration, declared.on());
        return new Found(terms.apply(limit, configuration), declared);
    }

    /** Returns the limits of tests that declare none of their kind. */
    static List<Limit> ofEveryTest(Configuration configuration) {
        return configured(
                configuration,
                Configuration.DEFAULT_MAX_COST,
                Configuration.DEFAULT_MAX_TOKENS,
                Configuration.DEFAULT_MAX_CALLS,
                "every test without its own");
    }

    /** Returns the limits of the whole run. They count the calls of all roles, for all of them cost money. */
    static List<Limit> ofRun(Configuration configuration) {
        return configured(
                        configuration,
                        Configuration.SUITE_MAX_COST,
                        Configuration.SUITE_MAX_TOKENS,
                        Configuration.SUITE_MAX_CALLS,
                        "the whole run")
                .stream()
                .map(limit -> limit.of(Scope.SUITE, EnumSet.allOf(Role.class)))
                .toList();
    }

    private static List<Limit> configured(
            Configuration configuration, String cost, String tokens, String calls, String place) {
        Map<Metric, String> keys = new EnumMap<>(Map.of(Metric.COST, cost, Metric.TOKENS, tokens, Metric.CALLS, calls));
        List<Limit> limits = new ArrayList<>();
        keys.forEach((metric, key) -> (metric == Metric.COST
                        ? configuration.money(key)
                        : configuration.count(key).map(BigDecimal::valueOf))
                .map(max -> new Limit(metric, max, key + "=" + plain(max), place))
                .map(limit -> LimitTerms.USUAL.apply(limit, configuration))
                .ifPresent(limits::add));
        return limits;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private record Found(Limit limit, Declarations.Declared<?> declared) {

        boolean isReplacedBy(Found nearer) {
            return nearer.limit.isAboutTheSameAs(limit);
        }

        /** Where no call is expected at all, a nearer limit on calls allows those of its roles. */
        Found besides(List<Found> nearer) {
            if (!(declared.what() instanceof ExpectNoLlmCalls)) {
                return this;
            }
            Set<Role> roles = EnumSet.copyOf(limit.roles());
            nearer.stream()
                    .filter(other -> other.limit.metric() == Metric.CALLS && other.limit.per() == Scope.TEST)
                    .filter(other -> other.declared.distance() < declared.distance())
                    .forEach(other -> roles.removeAll(other.limit.roles()));
            return roles.isEmpty() ? this : new Found(limit.of(limit.per(), roles), declared);
        }

        void requirePlace() {
            String place = limit.declaration() + " on " + declared.on();
            if (limit.per() == Scope.SUITE) {
                throw new ConfigurationException(place + ": a limit for the whole run is a setting, such as "
                        + Configuration.SUITE_MAX_COST + ".");
            }
            if (limit.per() == Scope.CLASS && !declared.onClass()) {
                throw new ConfigurationException(
                        place + ": a limit that the tests of a class share stands on the class.");
            }
            if (limit.over() != Over.EACH && (limit.hard() || limit.per() != Scope.TEST)) {
                throw new ConfigurationException(
                        place + ": " + limit.over().label()
                                + " is known when the last run is over, so it can be no hard limit, and none per call or class.");
            }
        }
    }
}
