package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A gateway that is served, and a browser to look at its pages, for all tests of a class; without Chromium they are skipped. */
final class ServedPage implements BeforeAllCallback, AfterAllCallback {
    private final String[] options;
    private @Nullable FieldloopCommand served;
    private @Nullable Chromium browser;

    /** Served with these options of {@code fieldloop serve}. */
    ServedPage(String... options) {
        this.options = options;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Chromium.assumeInstalled();
        served = FieldloopCommand.serve(options);
        browser = new Chromium();
    }

    FieldloopCommand served() {
        return Objects.requireNonNull(served);
    }

    Chromium browser() {
        return Objects.requireNonNull(browser);
    }

    /** Opens a page afresh; a new fragment alone would not load it again. */
    void open(URI page) {
        browser().open(URI.create("about:blank"));
        browser().open(page);
    }

    /** Until the element that has this id shows the text. */
    void awaitText(String id, String wanted) {
        await(
                "const node = document.getElementById(arguments[0]); return node.hidden ? '' : node.innerText",
                wanted,
                id);
    }

    /** Until a function with this body returns text that has the wanted one in it. */
    void await(String script, String wanted, Object... arguments) {
        OutsideProgram.patiently()
                .untilAsserted(() ->
                        assertThat(browser().run(script, arguments).asText()).contains(wanted));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) {
            browser.close();
        }
        if (served != null) {
            served.close();
        }
    }
}
