package io.github.llmbudget.comparison;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The class paths of the JVMs that take part: that of this JVM, with the library as its users have it, in its jar, or without. */
final class ClassPath {

    /** System property: the jar of the library. */
    private static final String JAR = "comparison.jar";

    /** System property: its compiled classes, which this JVM was started with. */
    private static final String CLASSES = "comparison.classes";

    private ClassPath() {}

    static String withLibrary() {
        return absolute(System.getProperty(JAR)) + File.pathSeparator + withoutLibrary();
    }

    static String withoutLibrary() {
        String classes = absolute(System.getProperty(CLASSES));
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(ClassPath::absolute)
                .filter(entry -> !entry.equals(classes))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String absolute(String entry) {
        return Path.of(entry).toAbsolutePath().normalize().toString();
    }
}
