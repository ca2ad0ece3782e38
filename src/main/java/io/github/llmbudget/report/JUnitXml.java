package io.github.llmbudget.report;

import io.github.llmbudget.budget.BudgetExceededError;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes tests in the form of JUnit and Surefire that Jenkins, GitLab and others read. */
final class JUnitXml {

    private static final int MILLIS = 3;

    private final XMLStreamWriter xml;

    JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    void write(UsageReport report) throws XMLStreamException {
        Map<String, List<TestUsage>> suites = new TreeMap<>();
        report.tests()
                .forEach(test -> suites.computeIfAbsent(suite(test), name -> new ArrayList<>())
                        .add(test));
        xml.writeStartDocument("UTF-8", "1.0");
        begin("testsuites");
        attribute("name", "llm-budget");
        counts(report.tests());
        for (Map.Entry<String, List<TestUsage>> suite : suites.entrySet()) {
            writeSuite(suite.getKey(), suite.getValue());
        }
        end();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
    }

    private static String suite(TestUsage test) {
        return test.testClass().isEmpty() ? test.name() : test.testClass();
    }

    private void writeSuite(String name, List<TestUsage> tests) throws XMLStreamException {
        begin("testsuite");
        attribute("name", name);
        counts(tests);
        Instant start = tests.stream()
                .map(TestUsage::start)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        attribute("timestamp", start.truncatedTo(ChronoUnit.SECONDS).toString());
        Map<String, Integer> names = new HashMap<>();
        for (TestUsage test : tests) {
            writeTest(test, unused(nameInClass(test), names));
        }
        end();
    }

    private void counts(List<TestUsage> tests) throws XMLStreamException {
        attribute("tests", Integer.toString(tests.size()));
        attribute(
                "failures",
                Long.toString(tests.stream().filter(JUnitXml::isFailed).count()));
        attribute("errors", "0");
        attribute(
                "skipped",
                Long.toString(tests.stream().filter(JUnitXml::isAborted).count()));
        attribute("time", seconds(tests.stream().map(JUnitXml::timeOf).reduce(Duration.ZERO, Duration::plus)));
    }

    private static boolean isFailed(TestUsage test) {
        return test.outcome() == TestUsage.Outcome.OVER_BUDGET || test.outcome() == TestUsage.Outcome.FAILED;
    }

    private static boolean isAborted(TestUsage test) {
        return test.outcome() == TestUsage.Outcome.ABORTED;
    }

    /** What stands for several tests would count their time twice. */
    private static Duration timeOf(TestUsage test) {
        Duration time = Duration.between(test.start(), test.end());
        return test.kind() == TestUsage.Kind.TEST && !time.isNegative() ? time : Duration.ZERO;
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), MILLIS).toPlainString();
    }

    private static String nameInClass(TestUsage test) {
        String type = test.testClass();
        String simple = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
        return test.name().length() > simple.length() + 1
                        && !simple.isEmpty()
                        && test.name().startsWith(simple)
                ? test.name().substring(simple.length() + 1)
                : test.name();
    }

    /** GitLab shows only the first of several tests of one name. */
    private static String unused(String name, Map<String, Integer> taken) {
        String free = name;
        while (taken.containsKey(free)) {
            free = name + " (" + taken.merge(name, 1, Integer::sum) + ")";
        }
        taken.put(free, 1);
        return free;
    }

    private void writeTest(TestUsage test, String name) throws XMLStreamException {
        begin("testcase");
        attribute("classname", suite(test));
        attribute("name", name);
        attribute("time", seconds(timeOf(test)));
        begin("properties");
        for (Map.Entry<String, String> property : XmlProperties.of(test).entrySet()) {
            emptyElement("property");
            attribute("name", property.getKey());
            attribute("value", property.getValue());
        }
        end();
        if (isFailed(test)) {
            begin("failure");
            writeReason(test);
            text(String.join("\n", reasons(test)));
            end();
        }
        for (TestUsage attempt : test.earlierAttempts()) {
            writeEarlier(attempt, isFailed(test) ? "rerunFailure" : "flakyFailure");
        }
        if (isAborted(test)) {
            emptyElement("skipped");
            attribute("message", "aborted");
        }
        end();
    }

    private void writeEarlier(TestUsage attempt, String element) throws XMLStreamException {
        if (isFailed(attempt)) {
            begin(element);
            writeReason(attempt);
            begin("stackTrace");
            text(String.join("\n", reasons(attempt)));
            end();
            end();
        }
    }

    private void writeReason(TestUsage test) throws XMLStreamException {
        attribute("message", String.join("; ", reasons(test)));
        attribute(
                "type",
                test.outcome() == TestUsage.Outcome.OVER_BUDGET ? BudgetExceededError.class.getName() : "failed");
    }

    private static List<String> reasons(TestUsage test) {
        return test.outcome() == TestUsage.Outcome.OVER_BUDGET
                ? FailureText.of(test)
                : List.of("failed for another reason than its budget, see the report of the tests");
    }

    private void begin(String element) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(element);
    }

    private void emptyElement(String element) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeEmptyElement(element);
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, XmlText.of(value));
    }

    private void text(String text) throws XMLStreamException {
        xml.writeCharacters(XmlText.of(text));
    }

    private void end() throws XMLStreamException {
        xml.writeEndElement();
    }
}
