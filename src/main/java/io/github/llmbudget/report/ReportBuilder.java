package io.github.llmbudget.report;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.price.PriceLine;
import io.github.llmbudget.price.PriceRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up the tests of a run, in one pass over its calls. */
final class ReportBuilder {

    private static final Comparator<Share> DEAREST_FIRST = Comparator.comparing(
                    (Share share) -> share.totals().listCost().usd())
            .reversed()
            .thenComparing(Share::name);

    private final JournaledRun journals;
    private final TotalsSum totals = new TotalsSum();
    private final TotalsSum earlierAttempts = new TotalsSum();
    private final Map<Role, Part> roles = new TreeMap<>();
    private final Map<String, Part> packages = new TreeMap<>();
    private final Map<String, Part> classes = new TreeMap<>();
    private final Map<Model, ModelPart> models = new LinkedHashMap<>();
    private final FindingsSearch findings = new FindingsSearch();

    ReportBuilder(JournaledRun journals) {
        this.journals = journals;
    }

    UsageReport build(Instant created) {
        List<TestUsage> byName = new ArrayList<>(journals.tests());
        byName.sort(Comparator.comparing(TestUsage::name).thenComparing(TestUsage::id));
        Map<Standing, List<TestUsage>> byStanding = new EnumMap<>(Standing.class);
        byName.forEach(test -> byStanding
                .computeIfAbsent(add(test), standing -> new ArrayList<>())
                .add(test));
        List<TestUsage> tests =
                byStanding.values().stream().flatMap(List::stream).toList();
        return new UsageReport(
                UsageReport.VERSION,
                created,
                journals.jvms(),
                journals.missing(),
                journals.prices(),
                totals.total(),
                earlierAttempts.total(),
                roles.entrySet().stream()
                        .map(role -> role.getValue().toShare(role.getKey().toString()))
                        .toList(),
                models.entrySet().stream()
                        .map(model -> model.getValue().toUsage(model.getKey()))
                        .sorted(Comparator.comparing((ModelUsage usage) ->
                                        usage.totals().listCost().usd())
                                .reversed()
                                .thenComparing(usage -> String.valueOf(usage.model()))
                                .thenComparing(usage -> String.valueOf(usage.provider())))
                        .toList(),
                shares(packages),
                shares(classes),
                findings.found(new RepeatedRequests(tests).found()),
                tests);
    }

    private static List<Share> shares(Map<String, Part> parts) {
        return parts.entrySet().stream()
                .map(part -> part.getValue().toShare(part.getKey()))
                .sorted(DEAREST_FIRST)
                .toList();
    }

    private Standing add(TestUsage test) {
        List<CallUsage> calls = test.callsForSeveralLooks();
        BitSet retries = Retries.of(calls);
        int index = 0;
        for (CallUsage usage : calls) {
            LlmCall call = usage.call();
            boolean isRetry = retries.get(index++);
            totals.add(usage, isRetry);
            roles.computeIfAbsent(call.role(), role -> new Part()).add(test, usage, isRetry);
            models.computeIfAbsent(new Model(call.model(), call.provider()), model -> new ModelPart())
                    .add(test, usage, isRetry);
            if (!test.testClass().isEmpty()) {
                packages.computeIfAbsent(packageOf(test.testClass()), name -> new Part())
                        .add(test, usage, isRetry);
                classes.computeIfAbsent(test.testClass(), name -> new Part()).add(test, usage, isRetry);
            }
            findings.add(test, index, usage);
        }
        findings.add(test);
        test.earlierAttempts().forEach(attempt -> earlierAttempts.add(attempt.calls(), Retries.of(attempt.calls())));
        return Standing.of(test, calls);
    }

    private static String packageOf(String testClass) {
        int end = testClass.lastIndexOf('.');
        return end < 0 ? "(default package)" : testClass.substring(0, end);
    }

    private record Model(@Nullable String name, @Nullable String provider) {}

    private static class Part {

        private final TotalsSum sum = new TotalsSum();
        private @Nullable TestUsage last;
        private int tests;

        @SuppressWarnings("ReferenceEquality") // the tests are added one after the other
        void add(TestUsage test, CallUsage usage, boolean isRetry) {
            sum.add(usage, isRetry);
            tests += test == last || test.kind() != TestUsage.Kind.TEST ? 0 : 1;
            last = test;
        }

        int tests() {
            return tests;
        }

        Totals totals() {
            return sum.total();
        }

        Share toShare(String name) {
            return new Share(name, tests, sum.total());
        }
    }

    private static final class ModelPart extends Part {

        private final Map<PriceRow, BigDecimal> quantities = new LinkedHashMap<>();
        private final Set<String> missingPrices = new LinkedHashSet<>();

        @Override
        void add(TestUsage test, CallUsage usage, boolean isRetry) {
            super.add(test, usage, isRetry);
            usage.cost().lines().forEach(line -> quantities.merge(line.row(), line.quantity(), BigDecimal::add));
            missingPrices.addAll(usage.missingPrices());
        }

        ModelUsage toUsage(Model model) {
            List<PriceLine> lines = quantities.entrySet().stream()
                    .map(used -> new PriceLine(used.getValue(), used.getKey()))
                    .sorted(Comparator.comparing(PriceLine::usd).reversed())
                    .toList();
            return new ModelUsage(model.name(), model.provider(), tests(), totals(), lines, List.copyOf(missingPrices));
        }
    }
}
