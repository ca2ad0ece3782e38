package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Account;
import io.github.llmbudget.budget.AllowedModelNames;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.price.PriceCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
 * @param bindsSystemProperties whether clients from the environment are led to it
 */
record Terms(
        List<Limit> limits,
        List<Account> sharedAccounts,
        @Nullable AllowedModelNames models,
        PriceCatalog prices,
        Optional<Mode> pinnedMode,
        Optional<TestCassette> cassette,
        boolean bindsSystemProperties) {

    static Terms ofTest(ExtensionContext context, String test, Run run, List<Account> shared) {
        Declarations declarations = Declarations.of(context, run.annotations());
        return new Terms(
                new DeclaredLimits(declarations, run.configuration()).ofTest(run.defaultLimits()),
                shared,
                allowedModels(declarations),
                run.prices().of(declarations),
                pinnedMode(declarations),
                TestCassette.of(declarations, context.getRequiredTestClass(), test, run.configuration()),
                bindsSystemProperties(declarations));
    }

    static Terms ofClass(ExtensionContext context, Run run, List<Account> shared) {
        Declarations declarations = Declarations.of(context, run.annotations());
        Class<?> testClass = context.getRequiredTestClass();
        DeclaredLimits declared =
                new DeclaredLimits(Declarations.ofClass(testClass, run.annotations()), run.configuration());
        List<Limit> limits = run.isEnabled() ? declared.ofClass(Declarations.name(testClass)) : List.of();
        Stream<Account> accounts =
                limits.stream().map(limit -> new Account(limit, run.shared().lock()));
        return new Terms(
                List.of(),
                Stream.concat(accounts, shared.stream()).toList(),
                null,
                run.prices().of(declarations),
                pinnedMode(declarations),
                TestCassette.of(declarations, testClass, null, run.configuration()),
                bindsSystemProperties(declarations));
    }

    static Terms ofRun(Run run, List<Account> accounts) {
        return new Terms(List.of(), accounts, null, run.prices().catalog(), Optional.empty(), Optional.empty(), false);
    }

    /** Returns all limits, those that are shared included. */
    List<Limit> allLimits() {
        return Stream.concat(limits.stream(), sharedAccounts.stream().map(Account::limit))
                .toList();
    }

    private static @Nullable AllowedModelNames allowedModels(Declarations declarations) {
        for (Declarations.Declared<AllowedModels> declared : declarations.find(AllowedModels.class)) {
            AllowedModels models = declared.what();
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
        List<Declarations.Declared<Mode>> pins = new ArrayList<>();
        for (Declarations.Declared<LlmBudget> declared : declarations.find(LlmBudget.class)) {
            Mode[] modes = declared.what().mode();
            if (modes.length > 1) {
                throw new ConfigurationException("@LlmBudget(mode = " + Arrays.toString(modes) + ") on " + declared.on()
                        + " pins several modes. Name one, or none to leave it to " + Configuration.MODE + ".");
            }
            if (modes.length == 1) {
                pins.add(declared.with(modes[0]));
            }
        }
        declarations
                .registrations()
                .forEach(declared -> declared.what().mode().ifPresent(mode -> pins.add(declared.with(mode))));
        pins.sort(Comparator.comparing(Declarations.Declared::distance));
        if (pins.size() > 1
                && pins.get(0).distance() == pins.get(1).distance()
                && pins.get(0).what() != pins.get(1).what()) {
            throw new ConfigurationException(
                    pins.get(0).on() + " pins the mode " + pins.get(0).what() + ", and "
                            + pins.get(1).on() + " the mode " + pins.get(1).what() + ". Keep one.");
        }
        return pins.stream().findFirst().map(Declarations.Declared::what);
    }

    private static boolean bindsSystemProperties(Declarations declarations) {
        return declarations.find(LlmBudget.class).stream()
                        .anyMatch(declared -> declared.what().bindSystemProperties())
                || declarations.registrations().stream()
                        .anyMatch(declared -> declared.what().bindsSystemProperties());
    }
}
