package io.github.llmbudget.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares the library with the least that could be done and with what else there is, and prints the tables. Takes the
 * names of the tables as a regular expression, the number of rounds at most, and the file that gets the tables, too.
 */
final class Comparison {

    private Comparison() {}

    public static void main(String[] args) throws IOException {
        Pattern names = Pattern.compile(args[0]);
        int rounds = Integer.parseInt(args[1]);
        List<Contest> chosen = Stream.of(Contests.all(), Growth.all())
                .flatMap(List::stream)
                .filter(contest -> names.matcher(contest.name()).matches())
                .toList();
        StringBuilder document = new StringBuilder();
        tell(machine(), document);
        for (Contest contest : chosen) {
            tell(contest.withAtMost(rounds).table(), document);
        }
        Files.writeString(Path.of(args[2]), document);
    }

    private static void tell(String part, StringBuilder document) {
        System.out.println(part);
        document.append(part).append('\n');
    }

    private static String machine() {
        return "%d cores, %s %s %s, JDK %s%n"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        Runtime.version());
    }
}
