package io.fieldloop.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource({
        "'',    ,                                   en",
        "'',    'zh-CN,zh;q=0.9,en;q=0.8',          zh",
        "'',    'en-GB,en;q=0.9,zh;q=0.5',          en",
        "'',    'fr, zh;q=0.5',                     zh",
        "'',    'not a; header,,',                  en",
        "zh,    'en',                               zh",
        "zh-TW, 'en',                               zh",
        "fr,    'zh',                               en"
    })
    void theAddressDecidesThenTheBrowser(String asked, String accepted, String language) {
        assertThat(Language.of(asked, accepted)).isEqualTo(language);
    }
}
