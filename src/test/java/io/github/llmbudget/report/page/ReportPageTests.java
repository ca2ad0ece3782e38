package io.github.llmbudget.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import io.github.llmbudget.report.SampleReports;
import io.github.llmbudget.report.UsageReport;
import io.github.llmbudget.testing.Browser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at the page with a real browser. */
class ReportPageTests {

    private static final Path SCREENSHOTS = Path.of("target", "report-screenshots");
    private static final String TEST = "SupportBotTest.answersARefundQuestionAcrossSeveralTurns";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    private static final String TAB = "\uE004";
    private static final String ENTER = "\uE007";

    @TempDir
    private static Path directory;

    private static Optional<Browser> started = Optional.empty();
    private static String team = "";
    private static String large = "";
    private static String unusual = "";

    private Browser browser;

    @BeforeAll
    static void startBrowser() throws IOException {
        started = Browser.start();
        if (started.isPresent()) {
            team = written(SampleReports.team(), "team");
            large = written(SampleReports.large(3_000), "large");
            unusual = written(SampleReports.unusual(0), "unusual");
        }
    }

    @AfterAll
    static void closeBrowser() {
        started.ifPresent(Browser::close);
    }

    @BeforeEach
    void takeBrowser() {
        assumeTrue(started.isPresent(), "There is no chromium with its chromedriver on the PATH.");
        browser = started.get();
        browser.open("about:blank");
        look("light", 1280);
        browser.log("browser");
        browser.log("performance");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asksNoNetworkAndComplainsOfNothing(boolean isLarge) {
        open(isLarge ? large : team, "");
        search("refund");
        open(isLarge ? large : team, "#" + TEST);

        assertThat(browser.log("browser")).isEmpty();
        assertThat(browser.log("performance"))
                .filteredOn(message -> message.contains("Network.requestWillBeSent\""))
                .isNotEmpty()
                .allMatch(message -> message.contains("\"url\":\"file:") || message.contains("\"url\":\"data:"));
    }

    @Test
    void sortsByAColumnAndSaysSo() {
        open(team, "");
        browser.run("document.querySelector('#budget [data-sort=cost] button').click()");

        List<String> costs = texts("#budget tbody td:nth-child(3)");
        assertThat(costs.get(0)).contains("0.032066");
        assertThat(text("return document.querySelector('#budget [data-sort=cost]').getAttribute('aria-sort')"))
                .isEqualTo("descending");
        assertThat(text("return location.hash")).contains("sort=cost", "down=1");

        browser.run("document.querySelector('#budget [data-sort=cost] button').click()");
        assertThat(text("return document.querySelector('#budget [data-sort=cost]').getAttribute('aria-sort')"))
                .isEqualTo("ascending");
        assertThat(text("return document.querySelectorAll('#budget [aria-sort]').length"))
                .isEqualTo("1");
    }

    @Test
    void searchesAndFiltersAndCanBeLinkedTo() {
        open(team, "");
        search("supportbot gpt-4o");
        assertThat(texts("#budget tbody .of")).isNotEmpty().allMatch(name -> name.contains("SupportBotTest"));
        assertThat(text("return document.querySelector('.count').textContent")).endsWith(" of 39 tests");

        open(team, "#?show=over");
        assertThat(texts("#budget tbody .badge")).hasSize(2).containsOnly("over budget");
        open(team, "#?model=acme-local-7b");
        assertThat(texts("#budget tbody th bdi")).contains("InvoiceSummaryTest.summarisesWithOurOwnModel");
        open(team, "#?role=judge&show=over");
        assertThat(texts("#budget tbody th a")).containsExactly(TEST);

        browser.run("document.querySelector('.tools button').click()");
        assertThat(texts("#budget tbody tr")).hasSize(39);
    }

    @Test
    void opensATestByItsNameAndGoesBackToTheFilteredTable() {
        open(team, "#" + TEST);
        assertThat(text("return getComputedStyle(document.getElementById('overview')).display"))
                .isEqualTo("none");
        assertThat(texts(".test:target h1 bdi")).containsExactly(TEST);

        open(team, "#?show=over");
        browser.run("document.querySelector('#budget tbody a').click()");
        assertThat(text("return location.hash")).isEqualTo("#InvoiceSummaryTest.summarisesWithOurOwnModel");
        browser.run("document.querySelector('.test:target .back').click()");
        assertThat(text("return location.hash")).isEqualTo("#?show=over");
        assertThat(texts("#budget tbody tr")).hasSize(2);

        browser.run("document.querySelector('#budget tbody a').click()");
        browser.back();
        assertThat(text("return location.hash")).isEqualTo("#?show=over");
        assertThat(text("return getComputedStyle(document.getElementById('overview')).display"))
                .isEqualTo("block");
    }

    @Test
    void readsWholeWithoutScripts() {
        withoutScripts(team, () -> {
            String tree =
                    browser.command("Accessibility.getFullAXTree", Map.of()).toString();
            assertThat(tree.contains(TEST)).isTrue();
            assertThat(tree.contains("Models, dearest first")).isTrue();
            assertThat(tree.contains("searchbox")).isFalse();
        });
    }

    @Test
    void canBeUsedWithTheKeyboardAlone() {
        open(team, "");
        browser.press(TAB);
        assertThat(focused()).isEqualTo("Skip to the tests");
        assertThat(text("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        browser.press(ENTER);
        assertThat(text("return location.hash")).isEqualTo("#tests");

        for (int i = 0; i < 30 && !focused().equals(TEST); i++) {
            browser.press(TAB);
        }
        browser.press(ENTER);
        assertThat(texts(".test:target h1 bdi")).containsExactly(TEST);
        browser.press(TAB);
        assertThat(focused()).contains("All tests");
    }

    @Test
    void sortsLimitsByTheShareThatWasUsed() {
        open(unusual, "#?sort=used&down=1");
        assertThat(texts("#budget tbody td:nth-child(4) .n"))
                .startsWith("over", "150%", "75%", "75%", "50%")
                .endsWith("-", "unknown", "-");

        open(unusual, "#?sort=headroom");
        assertThat(texts("#budget tbody td:nth-child(6)"))
                .startsWith("none", "none", "25%", "25%", "50%")
                .endsWith("-", "unknown", "-");
    }

    @Test
    void asksForNothingThatTheReportDoesNotHave() {
        open(team, "#?show=nonsense&model=gone");
        assertThat(texts("#budget tbody tr")).hasSize(39);
    }

    @Test
    void printsNamesAndPricesWhole() {
        browser.command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 1030, "height", 700, "deviceScaleFactor", 1, "mobile", false));
        browser.command("Emulation.setEmulatedMedia", Map.of("media", "print"));
        try {
            open(team, "");
            assertThat(text("return [...document.querySelectorAll('#budget tbody bdi')]"
                            + ".filter(name => name.scrollHeight > name.clientHeight + 1).length"))
                    .isEqualTo("0");
            open(team, "#" + TEST);
            assertThat(text("const table = document.querySelector('.test:target .calls');"
                            + "return table.getBoundingClientRect().width <= innerWidth"))
                    .isEqualTo("true");
        } finally {
            browser.command("Emulation.setEmulatedMedia", Map.of("media", ""));
        }
    }

    @Test
    void printsTheOverviewWithAllRows() {
        open(team, "");
        browser.command("Emulation.setEmulatedMedia", Map.of("media", "print"));
        assertThat(text("return [...document.querySelectorAll('#budget tbody tr')]"
                        + ".filter(row => row.getBoundingClientRect().height > 0).length"))
                .isEqualTo("39");
        assertThat(text("return getComputedStyle(document.querySelector('.tools')).display"))
                .isEqualTo("none");
        browser.command("Emulation.setEmulatedMedia", Map.of("media", ""));

        byte[] pdf = Base64.getDecoder()
                .decode(browser.command("Page.printToPDF", Map.of())
                        .getAsJsonObject()
                        .get("data")
                        .getAsString());
        assertThat(new String(pdf, StandardCharsets.ISO_8859_1))
                .startsWith("%PDF")
                .containsPattern("/Count [2-9]");
    }

    @ParameterizedTest
    @CsvSource({"overview, light, 1280", "overview, dark, 400", "test, dark, 1280", "test, light, 400"})
    void isAccessible(String view, String scheme, int width) throws IOException {
        look(scheme, width);
        open(team, view.equals("test") ? "#" + TEST : "");
        browser.screenshot(SCREENSHOTS.resolve(view + "-" + scheme + "-" + width + ".png"));

        assertThat(text("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("page scrolls sideways")
                .isEqualTo("0");
        browser.run(axe());
        JsonElement violations = browser.await(
                "const done = arguments[arguments.length - 1];"
                        + "axe.run({ resultTypes: ['violations'] }).then(result => done(result.violations.map(it => it.id + ': '"
                        + " + it.nodes.slice(0, 3).map(node => node.html.slice(0, 200) + ' ' + (node.any[0]?.message ?? '')).join('; '))))");
        assertThat(violations.getAsJsonArray()).isEmpty();
    }

    @Test
    void showsAllRowsOfALargeReport() {
        open(large, "");
        assertThat(text("return document.querySelector('.count').textContent")).isEqualTo("3,000 of 3,000 tests");
        assertThat(text("return document.querySelector('.rest button').textContent"))
                .isEqualTo("Show 200 more of 2,800");
        browser.run("document.querySelector('.rest button').click()");
        assertThat(texts("#budget tbody tr")).hasSize(400);

        search("2987");
        assertThat(texts("#budget tbody th bdi")).hasSize(2).anyMatch(name -> name.endsWith("2987"));
    }

    @Test
    void fillsARowAsTheWriterDoes() {
        open(large, "");
        String filled = text("return document.querySelector('#budget tbody tr').outerHTML");
        withoutScripts(
                large,
                () -> assertThat(text("return document.querySelector('#budget tbody tr').outerHTML")
                                .replaceAll(" data-(roles|marks)=\"[^\"]*\"", ""))
                        .isEqualTo(filled.replaceAll(" data-(roles|marks)=\"[^\"]*\"", "")));
    }

    private static String axe() throws IOException {
        try (var in =
                ReportPageTests.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String written(UsageReport report, String name) throws IOException {
        Path target = Files.createDirectories(directory.resolve(name));
        new HtmlReportWriter().write(report, target);
        return target.resolve(HtmlReportWriter.FILE).toUri().toString();
    }

    private void open(String page, String place) {
        browser.open("about:blank");
        browser.open(page + place);
        await();
    }

    private void withoutScripts(String page, Runnable checks) {
        browser.open("about:blank");
        browser.command("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        try {
            browser.open(page);
            // The driver does not always wait for a page that may not run its scripts.
            until(() -> text("return location.protocol + document.readyState").equals("file:complete"));
            assertThat(text("return document.documentElement.dataset.ready ?? 'never'"))
                    .isEqualTo("never");
            checks.run();
        } finally {
            browser.command("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }

    private void await() {
        until(() -> text("return document.documentElement.dataset.ready ?? ''").equals("true"));
    }

    private static void until(BooleanSupplier isReady) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady.getAsBoolean()) {
            assertThat(System.nanoTime()).as("The page is ready in time").isLessThan(end);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private void look(String scheme, int width) {
        browser.command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", width == 400 ? 1000 : 1300, "deviceScaleFactor", 1, "mobile", false));
    }

    private void search(String words) {
        browser.run(
                "const q = document.querySelector('input[name=q]'); q.value = arguments[0];"
                        + "q.dispatchEvent(new InputEvent('input', { bubbles: true }))",
                words);
    }

    private String focused() {
        return text("return document.activeElement.textContent");
    }

    private String text(String script) {
        return browser.run(script).getAsString();
    }

    private List<String> texts(String selector) {
        return browser
                .run(
                        "return [...document.querySelectorAll(arguments[0])].map(element => element.textContent)",
                        selector)
                .getAsJsonArray()
                .asList()
                .stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
