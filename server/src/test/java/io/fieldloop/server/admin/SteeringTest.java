package io.fieldloop.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may put faults on a gateway, and what the others hear. */
class SteeringTest {
    private static final String JSON = "application/json";
    private static final String OWN = "http://127.0.0.1:8080";

    private final List<String> done = new ArrayList<>();
    private final Steering steering = new Steering(new Recording(), "secret");

    @Test
    void whoHasTheTokenPutsOnAndTakesOff() {
        assertThat(post("Bearer secret", null, JSON, "{}").status().code()).isEqualTo(201);
        assertThat(post("Bearer secret", OWN, "application/json; charset=utf-8", "{}")
                        .status()
                        .code())
                .isEqualTo(201);
        assertThat(ask(HttpMethod.DELETE, "/faults/7", "Bearer secret", null, "", "")
                        .status()
                        .code())
                .isEqualTo(200);
        assertThat(done).containsExactly("{}", "{}", "end 7");
    }

    @Test
    void nobodyElseDoes() {
        assertThat(post(null, null, JSON, "{}").status().code()).isEqualTo(401);
        assertThat(post("Bearer secre", null, JSON, "{}").status().code()).isEqualTo(401);
        assertThat(post("Basic secret", null, JSON, "{}").status().code()).isEqualTo(401);
        assertThat(post("Bearer secret", "http://evil.example", JSON, "{}")
                        .status()
                        .code())
                .isEqualTo(403);
        assertThat(post("Bearer secret", "http://127.0.0.1:9090", JSON, "{}")
                        .status()
                        .code())
                .isEqualTo(403);
        assertThat(post("Bearer secret", "null", JSON, "{}").status().code()).isEqualTo(403);
        assertThat(post("Bearer secret", null, "text/plain", "{}").status().code())
                .as("what a form of any site can send")
                .isEqualTo(415);
        assertThat(ask(HttpMethod.PUT, "/faults", "Bearer secret", null, JSON, "{}")
                        .status()
                        .code())
                .isEqualTo(405);
        assertThat(done).isEmpty();
    }

    @Test
    void whatIsWrongIsOneSentence() {
        AdminAnswer answer = post("Bearer secret", null, JSON, "wrong");
        assertThat(answer.status().code()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("POST /faults:1:1: is wrong; expected right\n");

        assertThat(ask(HttpMethod.DELETE, "/faults/8", "Bearer secret", null, "", "")
                        .status()
                        .code())
                .isEqualTo(404);
        assertThat(ask(HttpMethod.DELETE, "/faults/x", "Bearer secret", null, "", "")
                        .body())
                .isEqualTo("No fault has this number; GET /faults lists them.\n");
    }

    private AdminAnswer post(String authorization, String origin, String type, String body) {
        return ask(HttpMethod.POST, "/faults", authorization, origin, type, body);
    }

    private AdminAnswer ask(
            HttpMethod method, String path, String authorization, String origin, String type, String body) {
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, method, path, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        request.headers().set("Host", "127.0.0.1:8080").set("Content-Type", type);
        if (authorization != null) {
            request.headers().set("Authorization", authorization);
        }
        if (origin != null) {
            request.headers().set("Origin", origin);
        }
        return steering.answer(request, path);
    }

    private final class Recording implements FaultControl {
        @Override
        public JsonNode faults() {
            return JsonNodeFactory.instance.arrayNode();
        }

        @Override
        public ArrayNode kinds() {
            return JsonNodeFactory.instance.arrayNode();
        }

        @Override
        public JsonNode begin(String request) {
            if (request.equals("wrong")) {
                throw new IllegalArgumentException("POST /faults:1:1: is wrong; expected right");
            }
            done.add(request);
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public boolean end(long number) {
            done.add("end " + number);
            return number == 7;
        }
    }
}
