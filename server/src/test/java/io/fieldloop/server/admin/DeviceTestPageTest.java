package io.fieldloop.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DeviceTestPageTest {
    private final AdminAnswer answer = DeviceTestPage.load().answer();

    @Test
    void needsNothingFromElsewhere() {
        assertThat(answer.body())
                .doesNotContain("/*style*/", "/*script*/", "@import", "url(", "eval(", "innerHTML")
                .doesNotContainPattern("(?i)<(script|link|img|iframe)[^>]*\\s(src|href)=\"(?!data:)");
        assertThat(allMatches("https?://[\\w.]+", answer.body()))
                .as("the SVG namespace is a name, not an address")
                .containsOnly("http://www.w3.org");
    }

    @Test
    void itsPolicyAdmitsOnlyItsOwnScriptAndStyle() {
        assertThat(answer.contentPolicy())
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .containsPattern("script-src 'sha256-[\\w+/]{43}='")
                .containsPattern("style-src 'sha256-[\\w+/]{43}='")
                .doesNotContain("unsafe");
        assertThat(answer.body()).doesNotContainPattern("(?i)<[^>]*\\s(style|on\\w+)=\"");
    }

    @Test
    void everyFieldHasALabel() {
        List<String> fields = allMatches("<(?:input|select) id=\"[\\w-]+\"", answer.body());
        List<String> labelled = allMatches("<label[^>]*>[^<]*\\s*<(?:input|select) id=\"[\\w-]+\"", answer.body());
        assertThat(fields).isNotEmpty().hasSameSizeAs(labelled);
    }

    private static List<String> allMatches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
