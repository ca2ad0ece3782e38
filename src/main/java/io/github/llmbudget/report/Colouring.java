package io.github.llmbudget.report;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether a console shows colours. */
enum Colouring {
    /** For terminals. */
    ANSI,
    /** For files, and for those who want none. */
    NONE;

    private static final String RED = "31";
    private static final String YELLOW = "33";
    private static final String GREEN = "32";

    /**
     * Follows what the environment asks for, else whether there is a terminal. {@code NO_COLOR} is stronger than
     * {@code FORCE_COLOR} and {@code CLICOLOR_FORCE}: those who cannot bear colours say so once for all programs.
     */
    static Colouring of(Environment environment, boolean isTerminal) {
        if (environment.get("NO_COLOR").isPresent()) {
            return NONE;
        }
        if (isOn(environment, "FORCE_COLOR") || isOn(environment, "CLICOLOR_FORCE")) {
            return ANSI;
        }
        boolean isDumb = environment.get("TERM").filter("dumb"::equals).isPresent();
        return isTerminal && !isDumb ? ANSI : NONE;
    }

    /** Tells whether standard output is a terminal; a build tool that runs tests in a JVM of their own reads it itself. */
    static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            // From Java 22 on there is a console without a terminal, and a method that tells.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static boolean isOn(Environment environment, String variable) {
        return environment
                .get(variable)
                .filter(value -> !value.equals("0") && !value.equalsIgnoreCase("false"))
                .isPresent();
    }

    String paint(Standing standing, String text) {
        if (this == NONE || text.isEmpty()) {
            return text;
        }
        return switch (standing) {
            case OVER_BUDGET, FAILED -> painted(RED, text);
            case NEAR_LIMIT, UNKNOWN_COST -> painted(YELLOW, text);
            case FINE -> painted(GREEN, text);
            case ABORTED -> text;
        };
    }

    private static String painted(String colour, String text) {
        return "\u001b[" + colour + "m" + text + "\u001b[0m";
    }
}
