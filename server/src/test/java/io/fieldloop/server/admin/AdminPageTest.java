package io.fieldloop.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloop.server.event.RefusalAdvice;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.fault.FaultCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdminPageTest {
    private static final Pattern KEY =
            Pattern.compile("T\\['([a-z-]+)']|T\\.([a-z]+)|say\\('([a-z-]+)'|data-text=\"([a-z-]+)\"");

    private static final Pattern TEXT = Pattern.compile(">([^<>]+)<");
    private static final Pattern ATTRIBUTE = Pattern.compile("(?:placeholder|aria-label)=\"([^\"]+)\"");
    private static final Pattern SAID = Pattern.compile("\\bsay\\('((?:[^'\\\\]|\\\\.)*)'");

    static Stream<AdminPage> pages() {
        return Stream.of(
                AdminPage.deviceTest("en"), AdminPage.deviceTest("zh"), AdminPage.live("en"), AdminPage.live("zh"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void needsNothingFromElsewhere(AdminPage page) {
        AdminAnswer answer = page.answer();
        assertThat(answer.body())
                .doesNotContain("/*style*/", "/*script*/", "@import", "url(", "eval(", "innerHTML")
                .doesNotContainPattern("(?i)<(script|link|img|iframe)[^>]*\\s(src|href)=\"(?!data:)");
        assertThat(allMatches("https?://[\\w.]+", answer.body()))
                .as("the SVG namespace is a name, not an address")
                .containsOnly("http://www.w3.org");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void itsPolicyAdmitsOnlyItsOwnScriptAndStyle(AdminPage page) {
        AdminAnswer answer = page.answer();
        assertThat(answer.contentPolicy())
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .containsPattern("script-src 'sha256-[\\w+/]{43}='")
                .containsPattern("style-src 'sha256-[\\w+/]{43}='")
                .doesNotContain("unsafe");
        assertThat(answer.body()).doesNotContainPattern("(?i)<[^>]*\\s(style|on\\w+)=\"");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyFieldHasALabel(AdminPage page) {
        AdminAnswer answer = page.answer();
        List<String> fields = allMatches("<(?:input|select) id=\"[\\w-]+\"", answer.body());
        List<String> labelled = allMatches(
                "<label[^>]*>(?:<span[^>]*></span>|[^<]*)\\s*<(?:input|select) id=\"[\\w-]+\"", answer.body());
        assertThat(fields).isNotEmpty().hasSameSizeAs(labelled);
    }

    @Test
    void thePageInChineseHasATextForEachInEnglishAndForEachFault() {
        Set<String> english = keys("en");
        Set<String> chinese = keys("zh");
        Set<String> wanted = new TreeSet<>(english);
        FaultCatalogue.entries().forEach(entry -> wanted.add("does-" + entry.name()));

        assertThat(chinese).as("missing").containsAll(wanted);
        wanted.addAll(
                chinese.stream().filter(key -> key.startsWith("parameter-")).toList());
        assertThat(chinese).as("stale").isSubsetOf(wanted);
    }

    @Test
    void everyTextThatThePageNamesIsThere() {
        String page = AdminPage.live("en").answer().body();
        Set<String> named = KEY.matcher(page)
                .results()
                .map(key -> Stream.of(key.group(1), key.group(2), key.group(3), key.group(4))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(40);
        assertThat(keys("en")).containsAll(named);
    }

    /** What stands in the document and what its script says; words of one letter and numbers are no texts. */
    @Test
    void theTestPageInChineseHasEachTextOfTheEnglishOneAndNoOther() {
        String page = AdminPage.deviceTest("en").answer().body();
        String document = page.substring(page.indexOf("<title>"), page.indexOf("<script>"))
                .replaceAll("(?s)<style>.*</style>", "");
        Set<String> said = new TreeSet<>();
        Stream.of(
                        TEXT.matcher(document).results(),
                        ATTRIBUTE.matcher(document).results(),
                        SAID.matcher(page).results())
                .flatMap(found -> found)
                .map(found -> found.group(1).strip().replaceAll("\\s+", " "))
                .filter(text -> text.matches(".*[A-Za-z]{2}.*"))
                .forEach(said::add);

        assertThat(keysOf("device-test-page.zh.json")).containsExactlyElementsOf(said);
    }

    /** What the page says of a refusal comes from the gateway, sentence by sentence. */
    @Test
    void theTestPageInChineseKnowsEachExplanationAndEachAdvice() {
        Set<String> said = new TreeSet<>();
        for (RefusalReason reason : RefusalReason.values()) {
            said.add(reason.explanation());
            said.addAll(RefusalAdvice.bundled().of(reason));
        }
        String page = AdminPage.deviceTest("zh").answer().body();

        assertThat(RefusalAdvice.translations("zh")).containsOnlyKeys(said);
        assertThat(RefusalAdvice.translations("zh").values())
                .allSatisfy(text -> assertThat(page).contains(new ObjectMapper().writeValueAsString(text)));
    }

    private static Set<String> keys(String language) {
        return keysOf("live-page." + language + ".json");
    }

    private static Set<String> keysOf(String name) {
        try (InputStream file = AdminPage.class.getResourceAsStream(name)) {
            Set<String> keys = new TreeSet<>();
            new ObjectMapper().readTree(file).fieldNames().forEachRemaining(keys::add);
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> allMatches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
