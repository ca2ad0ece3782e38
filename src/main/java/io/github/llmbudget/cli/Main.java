package io.github.llmbudget.cli;

import io.github.llmbudget.config.ConfigurationException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apiguardian.api.API;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The command line of the jar: {@code java -jar llm-budget-junit.jar report merge ...}. It needs nothing but the jar.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@Command(
        name = "llm-budget-junit",
        description = "What one does with the prices of LLM calls, and with reports on them, outside a test run.",
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    /** It was done, and there is nothing to complain about. */
    static final int FINE = 0;

    /** It was done, and found what was looked for. */
    static final int DIFFERENT = 1;

    /** It could not be done. */
    static final int WRONG = 2;

    private Main() {}

    /**
     * Runs a command and ends the JVM.
     *
     * @param arguments the command and its options; {@code --help} explains them
     */
    public static void main(String... arguments) {
        System.exit(run(writer(System.out), writer(System.err), arguments));
    }

    /** A price list is in UTF-8, whatever the terminal has. */
    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Main());
        line.addSubcommand(new PricesCommand(out, err));
        line.addSubcommand(new ReportCommand(err));
        line.setOut(out).setErr(err);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> {
            if (thrown instanceof ConfigurationException || thrown instanceof IOException) {
                err.println(problem(thrown));
                return WRONG;
            }
            throw thrown;
        });
        // What nobody thought of is no difference that was looked for.
        line.getSubcommands().values().forEach(Main::failAsWrong);
        int status = arguments.length == 0 ? usage(line) : line.execute(arguments);
        out.flush();
        err.flush();
        return status;
    }

    private static void failAsWrong(CommandLine command) {
        command.getCommandSpec().exitCodeOnExecutionException(WRONG);
        command.getSubcommands().values().forEach(Main::failAsWrong);
    }

    /** Says what went wrong; of a file Java often tells no more than its name. */
    static String problem(Throwable thrown) {
        if (thrown instanceof FileSystemException file && file.getReason() == null) {
            String name = file.getFile();
            if (file instanceof NoSuchFileException) {
                return "There is no " + name;
            }
            if (file instanceof AccessDeniedException) {
                return "Access to " + name + " is denied";
            }
            if (file instanceof FileAlreadyExistsException) {
                return name + " is a file, where a directory is needed";
            }
            return name + ": " + file.getClass().getSimpleName();
        }
        return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    }

    private static int usage(CommandLine line) {
        line.usage(line.getErr());
        return WRONG;
    }

    /** The version that the jar's manifest has. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"llm-budget-junit " + (version == null ? "of a build without a jar" : version)};
        }
    }
}
