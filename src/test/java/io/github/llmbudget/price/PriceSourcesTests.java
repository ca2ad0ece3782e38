package io.github.llmbudget.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.llmbudget.config.ConfigurationException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceSourcesTests {

    private static final String SERVICES = "META-INF/services/" + PriceSource.class.getName();

    @TempDir
    private Path classPath;

    @Test
    void areNoneUnlessThereAreLists() throws IOException {
        assertThat(read(Optional.empty())).isEmpty();
    }

    @Test
    void standOneOverTheOther() throws IOException {
        put("llm-prices-imported.csv", "1");
        Files.createDirectories(classPath.resolve(SERVICES).getParent());
        Files.writeString(classPath.resolve(SERVICES), CompanyPrices.class.getName());
        put("llm-prices.csv", "3");
        Path file = Files.writeString(classPath.resolve("of-the-build.csv"), "model,component,price\nx,input,4\n");

        List<PriceList> lists = read(Optional.of(file));

        assertThat(lists)
                .extracting(PriceList::name)
                .containsExactly("llm-prices-imported.csv", "company prices", "llm-prices.csv", file.toString());
        for (int upTo = 1; upTo <= lists.size(); upTo++) {
            assertThat(PriceCatalog.builder()
                            .lists(lists.subList(0, upTo))
                            .build()
                            .costOf(PriceCalls.call("x", 1_000_000, 0))
                            .usd())
                    .isEqualByComparingTo(Integer.toString(upTo));
        }
    }

    @Test
    void sayWhichOfThemCannotBeRead() throws IOException {
        Files.writeString(classPath.resolve("llm-prices.csv"), "model,component,price\nx,input,dear\n");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(Optional.empty()))
                .withMessageStartingWith("Price list llm-prices.csv, line 2: the price 'dear' is not a number.");
    }

    private void put(String list, String usd) throws IOException {
        Files.writeString(classPath.resolve(list), "model,component,price\nx,input," + usd + "\n");
    }

    private List<PriceList> read(Optional<Path> file) throws IOException {
        try (URLClassLoader tests = new URLClassLoader(
                new URL[] {classPath.toUri().toURL()}, getClass().getClassLoader())) {
            return PriceSources.read(tests, file);
        }
    }

    /** A source as a company would write it. */
    public static final class CompanyPrices implements PriceSource {

        @Override
        public List<PriceList> lists() {
            return List.of(PriceList.parse("company prices", "model,component,price\nx,input,2\n"));
        }
    }
}
