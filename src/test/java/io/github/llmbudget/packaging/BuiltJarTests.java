package io.github.llmbudget.packaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Looks at what is published, the built jar and its POM. Run by Failsafe, for neither exists before. */
class BuiltJarTests {

    private static final String OURS = "io/github/llmbudget/";
    private static final String SHADED = OURS + "shaded/";
    private static final String CLIENT = OURS + "client/";
    private static final String SPRING_FACTORIES = "META-INF/spring.factories";

    private static final String[] USABLE = {
        "io.github.llmbudget..",
        "java..",
        "javax..",
        "com.knuddels.jtokkit..",
        "org.jspecify.annotations",
        "org.apiguardian.api",
        "org.junit..",
        "org.opentest4j",
        "org.springframework..",
        // Named by OkHttp, which does without them.
        "org.bouncycastle..",
        "org.conscrypt",
        "org.openjsse..",
        "org.codehaus.mojo.animal_sniffer",
    };

    private static final Path COMPILED = Path.of(System.getProperty("compiled.classes"));

    private static final Map<String, byte[]> ENTRIES = new TreeMap<>();

    private static JavaClasses classesInTheJar;

    @BeforeAll
    static void readTheJar() throws IOException {
        try (var jar = new JarFile(System.getProperty("built.jar"))) {
            for (ZipEntry entry : jar.stream().filter(it -> !it.isDirectory()).toList()) {
                try (var content = jar.getInputStream(entry)) {
                    ENTRIES.put(entry.getName(), content.readAllBytes());
                }
            }
            // Else the unrelocated libraries on the test class path would be read too.
            ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
            classesInTheJar = new ClassFileImporter().importJar(jar);
        }
    }

    @Test
    void holdsNoClassOutsideOurPackages() {
        assertThat(names(name -> name.endsWith(".class"))).isNotEmpty().allMatch(name -> name.startsWith(OURS));
    }

    @Test
    void refersOnlyToWhatItHoldsOrTheUserHas() {
        classes()
                .that()
                .resideOutsideOfPackage("io.github.llmbudget.client..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(USABLE)
                .check(classesInTheJar);
    }

    @Test
    void holdsEveryClassThatWasCompiled() throws IOException {
        try (Stream<Path> compiled = Files.walk(COMPILED)) {
            assertThat(compiled.map(COMPILED::relativize)
                            .map(path -> path.toString().replace('\\', '/'))
                            .filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(ENTRIES::containsKey);
        }
    }

    @Test
    void leavesTheClientPackageAsCompiledForTheUsersOwnLibraries() {
        assertThat(names(name -> name.startsWith(CLIENT)))
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(ENTRIES.get(name)).isEqualTo(Files.readAllBytes(COMPILED.resolve(name))));
    }

    /** A signature with a relocated type has changed in the jar, but not in the client class that calls it. */
    @Test
    void letsTheClientPackageCallOnlyWhatTheJarStillHolds() {
        assertThat(classesInTheJar.stream()
                        .filter(it -> it.getPackageName().startsWith("io.github.llmbudget.client"))
                        .flatMap(it -> it.getAccessesFromSelf().stream())
                        .filter(it -> it.getTargetOwner().getPackageName().startsWith("io.github.llmbudget")))
                .allMatch(it -> it.getTarget().resolveMember().isPresent());
    }

    @Test
    void holdsNothingInMetaInfButOurOwn() {
        assertThat(names(name -> !name.startsWith(OURS)))
                .allMatch(name -> name.equals("META-INF/MANIFEST.MF")
                        || name.equals("META-INF/LICENSE")
                        || name.equals("META-INF/THIRD-PARTY-NOTICES.txt")
                        || name.equals("META-INF/maven/io.github.llmbudget/llm-budget-junit/pom.properties")
                        || name.equals(SPRING_FACTORIES)
                        || name.startsWith("META-INF/services/io.github.llmbudget.")
                        || name.startsWith("META-INF/services/org.junit."));
    }

    @Test
    void namesInServiceFilesOnlyClassesThatItHolds() {
        assertThat(names(name -> name.startsWith("META-INF/services/")))
                .allSatisfy(name -> assertThat(new String(ENTRIES.get(name), UTF_8).lines())
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filteredOn(line -> !line.isEmpty())
                        .isNotEmpty()
                        .allMatch(line -> ENTRIES.containsKey(line.replace('.', '/') + ".class")));
    }

    @Test
    void namesForSpringOnlyClassesThatItHolds() throws IOException {
        var factories = new Properties();
        factories.load(new ByteArrayInputStream(ENTRIES.get(SPRING_FACTORIES)));

        assertThat(factories.values())
                .isNotEmpty()
                .allMatch(name -> ENTRIES.containsKey(name.toString().replace('.', '/') + ".class"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "okhttp-jvm",
                "okhttp-tls",
                "mockwebserver3",
                "okio-jvm",
                "kotlin-stdlib",
                "gson",
                "java-diff-utils",
                "dec",
                "picocli",
                "jte-runtime",
                "error_prone_annotations"
            })
    void saysWhichLibraryItContains(String artifactId) {
        assertThat(new String(ENTRIES.get("META-INF/THIRD-PARTY-NOTICES.txt"), UTF_8))
                .contains(":" + artifactId + ")")
                .doesNotContain("${");
    }

    @Test
    void keepsThePublicSuffixListOfOkHttp() {
        assertThat(ENTRIES).containsKey(SHADED + "okhttp3/internal/publicsuffix/PublicSuffixDatabase.list");
    }

    @Test
    void runsAloneOnTheCommandLine() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("built.jar"),
                        "prices",
                        "show",
                        "gpt-3.5-turbo-instruct")
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).contains("openai,gpt-3.5-turbo-instruct,input,1000000,1.5,");
    }

    @Test
    void publishesTwoDependenciesAndNoMore() throws Exception {
        assertThat(publishedPom("dependency"))
                .extracting(
                        it -> childText(it, "groupId") + ":" + childText(it, "artifactId"),
                        it -> childText(it, "scope"))
                .containsExactlyInAnyOrder(
                        tuple("org.jspecify:jspecify", "compile"), tuple("com.knuddels:jtokkit", "compile"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "description", "url", "licenses", "developers", "scm"})
    void publishesWhatMavenCentralAsksFor(String element) throws Exception {
        assertThat(publishedPom(element)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "profiles", "properties", "parent", "repositories", "dependencyManagement"})
    void publishesNothingOfTheBuild(String element) throws Exception {
        assertThat(publishedPom(element)).isEmpty();
    }

    private static List<String> names(Predicate<String> wanted) {
        return ENTRIES.keySet().stream().filter(wanted).toList();
    }

    private static List<Element> publishedPom(String element) throws Exception {
        var nodes = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of(System.getProperty("published.pom")).toFile())
                .getElementsByTagName(element);
        return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
                .map(i -> (Element) nodes.item(i))
                .toList();
    }

    private static String childText(Element parent, String child) {
        var found = parent.getElementsByTagName(child);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
