package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Account;
import io.github.llmbudget.budget.AllowedModelNames;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.price.PriceCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What is declared for a test, or for a class or a run outside of its tests.
 *
 * @param limits the limits that it has for itself
 * @param sharedAccounts the accounts of the limits that it shares with others, its own first
 * @param models the models that it may call, {@code null} for any
 * @param prices what calls cost
 * @param pinnedMode who answers, if that is pinned
 * @param cassette where what is said is kept, if anywhere
 */
record Terms(
        List<Limit> limits,
        List<Account> sharedAccounts,
        @Nullable AllowedModelNames models,
        PriceCatalog prices,
        Optional<Mode> pinnedMode,
        Optional<TestCassette> cassette) {

    static Terms ofTest(ExtensionContext context, String test, Run run, List<Account> shared) {
        Declarations declarations = Declarations.of(context);
        return new Terms(
                new DeclaredLimits(declarations, run.configuration()).ofTest(),
                shared,
                allowedModels(declarations),
                run.prices().of(declarations),
                pinnedMode(declarations),
                TestCassette.of(declarations, context.getRequiredTestClass(), test, run.configuration()));
    }

    static Terms ofClass(ExtensionContext context, Run run, List<Account> shared) {
        Declarations declarations = Declarations.of(context);
        Class<?> testClass = context.getRequiredTestClass();
        DeclaredLimits declared = new DeclaredLimits(Declarations.ofClass(testClass), run.configuration());
        List<Limit> limits = run.isEnabled() ? declared.ofClass(Declarations.name(testClass)) : List.of();
        Stream<Account> accounts =
                limits.stream().map(limit -> new Account(limit, run.shared().lock()));
        return new Terms(
                List.of(),
                Stream.concat(accounts, shared.stream()).toList(),
                null,
                run.prices().of(declarations),
                pinnedMode(declarations),
                TestCassette.of(declarations, testClass, null, run.configuration()));
    }

    static Terms ofRun(Run run, List<Account> accounts) {
        return new Terms(List.of(), accounts, null, run.prices().catalog(), Optional.empty(), Optional.empty());
    }

    /** Returns all limits, those that are shared included. */
    List<Limit> allLimits() {
        return Stream.concat(limits.stream(), sharedAccounts.stream().map(Account::limit))
                .toList();
    }

    private static @Nullable AllowedModelNames allowedModels(Declarations declarations) {
        for (Declarations.Declared<AllowedModels> declared : declarations.find(AllowedModels.class)) {
            AllowedModels models = declared.annotation();
            String declaration = "@AllowedModels({" + String.join(", ", models.value()) + "})";
            if (models.value().length == 0 || models.role().length == 0) {
                throw new ConfigurationException(
                        declaration + " on " + declared.on() + " must name at least one model, and at least one role.");
            }
            return new AllowedModelNames(List.of(models.value()), Set.of(models.role()), declaration, declared.on());
        }
        return null;
    }

    private static Optional<Mode> pinnedMode(Declarations declarations) {
        for (Declarations.Declared<LlmBudget> declared : declarations.find(LlmBudget.class)) {
            Mode[] modes = declared.annotation().mode();
            if (modes.length > 1) {
                throw new ConfigurationException("@LlmBudget(mode = " + Arrays.toString(modes) + ") on " + declared.on()
                        + " pins several modes. Name one, or none to leave it to " + Configuration.MODE + ".");
            }
            if (modes.length == 1) {
                return Optional.of(modes[0]);
            }
        }
        return Optional.empty();
    }
}
