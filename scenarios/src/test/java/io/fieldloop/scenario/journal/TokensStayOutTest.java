package io.fieldloop.scenario.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokensStayOutTest {
    @Test
    void noEntryHoldsATokenWhoeverWroteIt() {
        Journal journal = new Journal(() -> 0);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("message", "GET /?token=s3cr3t HTTP/1.1\r\nAuthorization:\tBasic s3cr3t");
        attributes.put("count", 3L);

        journal.write(Lane.DEVICE, "door", "log", attributes);

        assertThat(journal.entries().get(0).attributes())
                .containsEntry("message", "GET /?token=*** HTTP/1.1\r\nAuthorization:\tBasic ***")
                .containsEntry("count", 3L);
    }
}
