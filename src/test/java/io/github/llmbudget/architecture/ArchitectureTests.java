package io.github.llmbudget.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the house together: which package may use which, and which library may be used where. */
class ArchitectureTests {

    private static final String ROOT = "io.github.llmbudget";

    /** What the template engine makes of a template, public whether one likes it or not. */
    private static final String TEMPLATE = ROOT.replace(".", "\\.") + "\\.report\\.page\\.Jte\\w+Generated";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** The floors, the lowest first. A package uses only packages below it. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("call", "config"),
            Set.of("token"),
            Set.of("wire", "price"),
            Set.of("usage"),
            Set.of("budget", "cassette"),
            Set.of("endpoint", "client"),
            Set.of("report"),
            Set.of("report.page"),
            Set.of("jupiter", "platform", "cli"),
            Set.of("spring"));

    static Stream<String> packages() {
        return FLOORS.stream().flatMap(Set::stream).sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesOnlyPackagesBelow(String name) {
        Set<String> allowed = new TreeSet<>(Set.of(ROOT + "." + name));
        FLOORS.stream()
                .takeWhile(floor -> !floor.contains(name))
                .flatMap(Set::stream)
                .forEach(below -> allowed.add(ROOT + "." + below));
        check(classes()
                .that()
                .resideInAPackage(ROOT + "." + name)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new))
                        .or(resideInAPackage(ROOT + "..").negate())));
    }

    @Test
    void consistsOfThePackagesOfTheHouse() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .allMatch(name -> name.startsWith(ROOT + "."))
                .map(name -> name.substring(ROOT.length() + 1))
                .isSubsetOf(packages().toList());
    }

    @Test
    void hasNoCycles() {
        check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    }

    @ParameterizedTest
    @CsvSource({
        "com.knuddels.jtokkit.., token",
        "com.google.gson.., token wire price endpoint report report.page cassette",
        "com.github.difflib.., cassette",
        "picocli.., cli",
        "gg.jte.., report.page",
        "mockwebserver3.., endpoint",
        "okhttp3.., endpoint client",
        "okio.., endpoint client",
        "org.brotli.., wire",
        "dev.langchain4j.., client",
        "org.junit.jupiter.., jupiter spring",
        "org.junit.platform.commons.., jupiter spring",
        "org.junit.platform.launcher.., platform",
        "org.junit.platform.engine.., platform",
        "org.opentest4j.., budget jupiter",
        "org.springframework.., spring"
    })
    void usesALibraryOnlyWhereItBelongs(String library, String packages) {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(Stream.of(packages.split(" "))
                        .map(name -> ROOT + "." + name)
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library));
    }

    @Test
    void usesNoOtherLibrary() {
        check(classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.net..",
                        "javax.xml.stream",
                        ROOT + "..",
                        "com.knuddels.jtokkit..",
                        "com.google.gson..",
                        "com.github.difflib..",
                        "mockwebserver3..",
                        "okhttp3..",
                        "okio..",
                        "org.brotli.dec",
                        "dev.langchain4j..",
                        "picocli..",
                        "gg.jte..",
                        // What OkHttp's classes are made of.
                        "kotlin..",
                        "org.apiguardian.api",
                        "org.jspecify.annotations",
                        "org.junit..",
                        "org.opentest4j..",
                        "org.springframework.."));
    }

    @Test
    void marksWhatIsPublicWithItsStatus() {
        check(classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and()
                .haveNameNotMatching(TEMPLATE)
                .should()
                .beAnnotatedWith(API.class));
        assertThat(CLASSES.stream().filter(type -> type.isAnnotatedWith(API.class)))
                .isNotEmpty()
                .allMatch(type -> type.getAnnotationOfType(API.class).since().equals("0.1"));
    }

    @Test
    void marksEachPackageAsFreeOfUnmarkedNulls() {
        assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allMatch(found -> found.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void writesToStandardStreamsInTheConsoleReportAndTheCommandLineOnly() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".report.ConsoleReportWriter")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".cli.Main")
                .should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void usesNoLoggingButToSilenceTheServer() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".endpoint.EndpointServer")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j.."));
    }

    @Test
    void hasNoClassNamedAfterNothing() {
        check(noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?"));
    }

    @Test
    void countsMoneyInDecimalsOnly() {
        // The annotations take a double, which is turned into a decimal at once.
        Map<String, Set<String>> binary = Map.of("double", Set.of("jupiter"), "float", Set.of());
        binary.forEach((type, allowed) -> assertThat(CLASSES.stream()
                        .filter(found ->
                                !allowed.contains(found.getPackageName().substring(ROOT.length() + 1)))
                        .flatMap(found -> Stream.concat(
                                found.getFields().stream().map(field -> field.getRawType()),
                                found.getMethods().stream().map(method -> method.getRawReturnType())))
                        .map(JavaClass::getName))
                .isNotEmpty()
                .doesNotContain(type));
    }

    @Test
    void keepsWhatIsNotForUsersOutOfSight() {
        check(noClasses().that().haveModifier(JavaModifier.PUBLIC).should().resideInAPackage("..internal.."));
    }

    private static void check(ArchRule rule) {
        // A floor may still be empty.
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
