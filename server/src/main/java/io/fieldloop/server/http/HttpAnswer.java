package io.fieldloop.server.http;

import io.fieldloop.server.connection.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An HTTP response as exact bytes: header order and case are part of what this gateway is about. */
public record HttpAnswer(String statusLine, List<Header> headers, String body) implements Answer {
    /** One header line, written as given. */
    public record Header(String name, String value) {
        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    public HttpAnswer {
        headers = List.copyOf(headers);
    }

    /** An HTTP/1.1 answer with the usual phrase for the status. */
    public static HttpAnswer of(int status, List<Header> headers, String body) {
        return new HttpAnswer("HTTP/1.1 " + HttpResponseStatus.valueOf(status), headers, body);
    }

    @Override
    public Integer status() {
        String[] words = statusLine.split(" ", 3);
        return Integer.valueOf(words[1]);
    }

    /** The same as HTTP/1.0 says it. */
    public HttpAnswer inHttp10() {
        return new HttpAnswer(statusLine.replace("HTTP/1.1", "HTTP/1.0"), headers, body);
    }

    /** The same with one more header at the end. */
    public HttpAnswer with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new HttpAnswer(statusLine, more, body);
    }

    public String text() {
        StringBuilder text = new StringBuilder(statusLine).append("\r\n");
        headers.forEach(header -> text.append(header).append("\r\n"));
        return text.append("\r\n").append(body).toString();
    }

    @Override
    public ByteBuf encode(ByteBufAllocator allocator) {
        byte[] bytes = text().getBytes(StandardCharsets.UTF_8);
        return allocator.buffer(bytes.length).writeBytes(bytes);
    }
}
