package io.fieldloop.device.modem.grammar;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is said of a grammar that cannot be read. */
final class ModemKindReaderTest {
    @Test
    void aGrammarIsReadWithTheCommandAtFault() {
        assertThatThrownBy(() -> ModemKindReader.read("mine", "commands: { AT+FLY: { does: fly } }"))
                .hasMessageContaining("'AT+FLY' does 'fly'");
        assertThatThrownBy(() -> ModemKind.named("sim800")).hasMessageContaining("There is no modem 'sim800'");
    }
}
