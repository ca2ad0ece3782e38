package io.github.llmbudget.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.config.Configuration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the guide's table of settings to the settings there are. */
class GuideConfigurationTests {

    private static final List<String> ROWS =
            Repository.all("(?m)^(\\| `llmbudget\\..*)$", Repository.text(Repository.GUIDE));

    @Test
    void listsEverySettingInItsOrder() {
        assertThat(ROWS).map(row -> Repository.all("`(.*?)`", row).get(0)).isEqualTo(Configuration.KEYS);
    }

    @Test
    void givesValuesDefaultAndMeaningOfEach() {
        assertThat(ROWS)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.split("\\|"))
                        .as(row)
                        .hasSize(5)
                        .noneMatch(cell -> cell.isBlank() && !cell.isEmpty()));
    }

    @Test
    void namesOnlySettingsThatExist() {
        String documents = Repository.text(Repository.README) + Repository.text(Repository.GUIDE);

        assertThat(Repository.all("`(llmbudget\\.[a-z.-]*[a-z])(?:=\\w+)?`", documents))
                .isNotEmpty()
                .isSubsetOf(Configuration.KEYS);
    }

    @Test
    void namesOnlyEnvironmentVariablesThatAreRead() {
        List<String> variables = Configuration.KEYS.stream()
                .map(Configuration::environmentVariable)
                .toList();
        String documents = Repository.text(Repository.README) + Repository.text(Repository.GUIDE);

        assertThat(Repository.all("\\b(LLMBUDGET_\\w+)", documents))
                .isNotEmpty()
                .isSubsetOf(variables);
    }
}
