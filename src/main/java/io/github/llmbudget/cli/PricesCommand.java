package io.github.llmbudget.cli;

import io.github.llmbudget.price.ImportedPrices;
import io.github.llmbudget.price.ModelPrice;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.price.PriceDifference;
import io.github.llmbudget.price.PriceImport;
import io.github.llmbudget.price.PriceList;
import io.github.llmbudget.price.PriceSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports, compares and shows price lists. */
@Command(
        name = "prices",
        description = "Imports, compares and shows price lists.",
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class PricesCommand {

    private final PrintWriter out;
    private final PrintWriter err;

    PricesCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Command(
            name = "import",
            description =
                    "Makes a price list of LiteLLM's or genai-prices' JSON. What is left out or mended goes to the"
                            + " standard error, a line each.",
            versionProvider = Main.Version.class,
            mixinStandardHelpOptions = true)
    int importPrices(
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "FILE",
                            description = "The catalogue: LiteLLM's model_prices_and_context_window.json, or the second"
                                    + " edition of genai-prices' data.json.")
                    Path from,
            @Option(
                            names = "--as-of",
                            paramLabel = "DAY",
                            description = "The day the prices are of, such as 2026-11-10.")
                    @Nullable
                    LocalDate asOf,
            @Option(
                            names = "--provider",
                            paramLabel = "NAME",
                            description =
                                    "A service whose prices are wanted; may be given several times. Default: all.")
                    @Nullable
                    List<String> providers,
            @Option(
                            names = "--free",
                            paramLabel = "MODEL",
                            description =
                                    "A model that is really free; may be given several times. Of the others a price"
                                            + " of zero is taken for a hole.")
                    @Nullable
                    List<String> free,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FILE",
                            description = "Where the list is written, such as src/test/resources/"
                                    + PriceSources.IMPORTED_LIST + ". Default: the standard output.")
                    @Nullable
                    Path output)
            throws IOException {
        PriceImport catalogue = PriceImport.of(from)
                .providers(providers == null ? List.of() : providers)
                .free(free == null ? List.of() : free);
        if (asOf != null) {
            catalogue.asOf(asOf);
        }
        ImportedPrices prices = catalogue.read();
        if (output == null) {
            out.print(prices.list());
        } else {
            Files.writeString(output, prices.list());
        }
        prices.remarks().forEach(err::println);
        return Main.FINE;
    }

    @Command(
            name = "check",
            description =
                    "Compares a price list with the one built in, and tells where they disagree. The exit code is 1 if"
                            + " they do.",
            versionProvider = Main.Version.class,
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(paramLabel = "FILE", description = "The list, as prices import writes it.") Path file,
            @Option(
                            names = "--against",
                            paramLabel = "FILE",
                            description = "Another list to compare it with, instead of the one built in.")
                    @Nullable
                    Path against,
            @Option(
                            names = "--as-of",
                            paramLabel = "DAY",
                            description = "The day whose prices are compared. Default: the day of the list built in.")
                    @Nullable
                    LocalDate asOf) {
        PriceList theirs = PriceList.read(file);
        PriceList ours = against == null ? PriceList.builtIn() : PriceList.read(against);
        LocalDate day = asOf == null ? PriceCatalog.builtIn().asOf() : asOf;
        List<PriceDifference> differences = PriceDifference.between(ours, theirs, day);
        differences.forEach(difference -> out.println(difference));
        out.println(differences.isEmpty() ? "no disagreement" : differences.size() + " in disagreement");
        return differences.isEmpty() ? Main.FINE : Main.DIFFERENT;
    }

    @Command(
            name = "show",
            description =
                    "Shows the prices of a model in the list built in, as a list with the sources, whose letters the head"
                            + " of prices.csv in the jar explains. The exit code is 1 if the model has none.",
            versionProvider = Main.Version.class,
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "MODEL", description = "The model, such as gpt-4o.") String model,
            @Option(names = "--provider", paramLabel = "NAME", description = "The service, if several have the model.")
                    @Nullable
                    String provider,
            @Option(
                            names = "--as-of",
                            paramLabel = "DAY",
                            description = "The day whose prices are shown. Default: the day of the list built in.")
                    @Nullable
                    LocalDate asOf) {
        PriceCatalog.Builder builder = PriceCatalog.builder();
        if (asOf != null) {
            builder.asOf(asOf);
        }
        PriceCatalog catalog = builder.build();
        Optional<ModelPrice> price = provider == null ? catalog.priceOf(model) : catalog.priceOf(provider, model);
        if (price.isEmpty()) {
            List<String> nearest = catalog.nearestNames(model.toLowerCase(Locale.ROOT), 3);
            err.println(model + " has no price on " + catalog.asOf() + "."
                    + (nearest.isEmpty() ? "" : " Nearest known names: " + String.join(", ", nearest)));
            return Main.DIFFERENT;
        }
        out.print(price.get().toList());
        return Main.FINE;
    }
}
