package io.fieldloop.server.ota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.LingeringClose;
import io.fieldloop.server.connection.SafeText;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.FaultTable;
import io.fieldloop.server.fault.OtaFault;
import io.fieldloop.server.http.HttpAnswer;
import io.fieldloop.server.http.HttpAnswer.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sends an answer, bent by whatever faults apply, and reports it as it was sent. */
final class OtaReply {
    private static final FaultTable<OtaReply, OtaFault> BENDS = new FaultTable<OtaReply, OtaFault>(OtaFault.class)
            .on(OtaFault.StallOta.class, (reply, fault) -> reply.instead = () -> {})
            .on(OtaFault.CloseBeforeOta.class, (reply, fault) -> reply.instead = reply.ctx::close)
            .on(OtaFault.ResetBeforeOta.class, (reply, fault) -> reply.instead = reply.connection::reset)
            .on(OtaFault.RawOta.class, (reply, fault) -> reply.instead = () -> reply.sendRaw(fault))
            .on(OtaFault.DelayOta.class, (reply, fault) -> reply.delay = fault.by())
            .on(
                    OtaFault.OtaStatus.class,
                    (reply, fault) ->
                            reply.replace(fault.status(), "text/plain", fault.body() == null ? "" : fault.body()))
            .on(OtaFault.OtaRedirect.class, (reply, fault) -> {
                reply.replace(fault.status(), "text/plain", "");
                reply.headers.add(new Header("Location", fault.to()));
            })
            .on(
                    OtaFault.OtaErrorObject.class,
                    (reply, fault) -> reply.replace(200, OtaAnswer.JSON, ManagerApiOta.ERROR_OBJECT))
            .on(OtaFault.ChunkOtaBody.class, (reply, fault) -> {
                reply.framing = Framing.CHUNKED;
                reply.lineEndLater = fault.lineEndLater();
            })
            .on(OtaFault.OmitContentLength.class, (reply, fault) -> reply.framing = Framing.NONE)
            .on(OtaFault.HandOutHost.class, (reply, fault) -> HandedOut.atHost(reply.handedOut(), fault.host()))
            .on(
                    OtaFault.OfferMqttToo.class,
                    (reply, fault) -> HandedOut.mqttToo(reply.handedOut(), fault.endpoint(), reply.request))
            .on(OtaFault.OfferNothing.class, (reply, fault) -> HandedOut.nothing(reply.handedOut()))
            .on(
                    OtaFault.OfferVersion.class,
                    (reply, fault) -> HandedOut.version(reply.handedOut(), fault.version(), fault.force()))
            .on(OtaFault.RepeatLink.class, (reply, fault) -> HandedOut.link(reply.handedOut(), reply.firstLink))
            .on(OtaFault.OmitChallenge.class, (reply, fault) -> HandedOut.withoutChallenge(reply.handedOut()))
            .on(OtaFault.ShiftServerTime.class, (reply, fault) -> HandedOut.shifted(reply.handedOut(), fault.by()))
            .on(
                    OtaFault.OmitServerTime.class,
                    (reply, fault) -> reply.handedOut().remove("server_time"))
            .on(OtaFault.StopDownload.class, (reply, fault) -> reply.stop = fault)
            .on(OtaFault.MergedImage.class, (reply, fault) -> reply.merged = true)
            .complete();

    private enum Framing {
        LENGTH,
        CHUNKED,
        NONE
    }

    private final ChannelHandlerContext ctx;
    private final Connection connection;
    private final OtaRequest request;
    private final List<Header> headers = new ArrayList<>();
    private OtaAnswer answer;
    private final UnaryOperator<String> firstLink;
    private Framing framing = Framing.LENGTH;
    private Duration lineEndLater = Duration.ZERO;
    private Duration delay = Duration.ZERO;
    private boolean merged;
    private @Nullable Runnable instead;
    private OtaFault.@Nullable StopDownload stop;

    /** @param firstLink what stands for a link where a front in between repeats the first one */
    OtaReply(
            ChannelHandlerContext ctx,
            Connection connection,
            OtaRequest request,
            OtaAnswer answer,
            UnaryOperator<String> firstLink) {
        this.ctx = ctx;
        this.connection = connection;
        this.request = request;
        this.answer = answer;
        this.firstLink = firstLink;
    }

    void send() {
        for (OtaFault fault : connection.faults(OtaFault.class)) {
            boolean elsewhere = (fault instanceof OtaFault.CheckFault && !(answer instanceof OtaAnswer.Checked))
                    || (fault instanceof OtaFault.DownloadFault && !(answer instanceof OtaAnswer.Download));
            if (!elsewhere) {
                connection.applied(fault);
                BENDS.act(this, fault);
            }
        }
        if (delay.isZero()) {
            sendNow();
        } else {
            ctx.executor().schedule(this::sendLate, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void sendLate() {
        if (ctx.channel().isActive()) {
            sendNow();
        }
    }

    private void replace(int status, String contentType, String body) {
        answer = new OtaAnswer.Words(status, contentType, body);
    }

    /** Only asked for where a check is answered. */
    private ObjectNode handedOut() {
        return answer instanceof OtaAnswer.Checked checked ? checked.json() : HandedOut.empty();
    }

    private void sendNow() {
        if (instead != null) {
            instead.run();
        } else if (answer instanceof OtaAnswer.Download download) {
            sendFirmware(download);
        } else if (answer instanceof OtaAnswer.Checked checked) {
            sendText(200, OtaAnswer.JSON, checked.json().toString());
        } else if (answer instanceof OtaAnswer.Activation activation) {
            sendText(activation.status(), OtaAnswer.JSON, activation.body());
        } else if (answer instanceof OtaAnswer.Words words) {
            sendText(words.status(), words.contentType(), words.body());
        }
    }

    private void sendText(int status, String contentType, String body) {
        tell(status);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ctx.write(Unpooled.wrappedBuffer(head(status, contentType, bytes.length)));
        if (request.isHead()) {
            end(Unpooled.EMPTY_BUFFER);
        } else if (framing != Framing.CHUNKED) {
            end(Unpooled.wrappedBuffer(bytes));
        } else if (lineEndLater.isZero()) {
            end(Unpooled.wrappedBuffer(chunk(Unpooled.wrappedBuffer(bytes)), lastChunk()));
        } else {
            sendInHalves(
                    chunk(Unpooled.wrappedBuffer(bytes, 0, bytes.length / 2)),
                    chunk(Unpooled.wrappedBuffer(bytes, bytes.length / 2, bytes.length - bytes.length / 2)));
        }
    }

    private void sendInHalves(ByteBuf one, ByteBuf other) {
        ByteBuf rest = Unpooled.wrappedBuffer(one.retainedSlice(one.readableBytes() - 2, 2), other, lastChunk());
        ctx.writeAndFlush(one.slice(0, one.readableBytes() - 2));
        ctx.executor().schedule(() -> end(rest), lineEndLater.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void sendRaw(OtaFault.RawOta raw) {
        ByteBuf text = Unpooled.copiedBuffer(raw.text(), StandardCharsets.UTF_8);
        switch (raw.how()) {
            case CLOSE -> end(text);
            case RESET -> ctx.writeAndFlush(text).addListener(written -> connection.reset());
            case STALL -> ctx.writeAndFlush(text);
        }
    }

    private void end(ByteBuf last) {
        ctx.writeAndFlush(last).addListener(written -> LingeringClose.close(ctx, connection.secured()));
    }

    /** What became of a check or an activation; a download is told when it has ended. */
    private void tell(int status) {
        String device = request.deviceId() == null ? null : SafeText.of(request.deviceId());
        if (request.path().equals(OtaRules.ACTIVATE)) {
            connection.emit(new GatewayEvent.ActivationAnswered(connection.id(), status, device));
        } else if (OtaRules.isCheck(request.path())) {
            ObjectNode json = handedOut();
            connection.emit(new GatewayEvent.OtaAnswered(
                    connection.id(),
                    status,
                    device,
                    request.version() == null ? null : SafeText.of(request.version()),
                    HandedOut.protocols(json),
                    HandedOut.firmware(json),
                    json.has("activation")));
        }
    }

    private void sendFirmware(OtaAnswer.Download download) {
        FirmwareImage image = merged ? download.image().merged() : download.image();
        ByteRange range = merged ? new ByteRange(0, image.length()) : download.range();
        headers.addAll(download.headers());
        ctx.write(Unpooled.wrappedBuffer(head(download.status(), "application/octet-stream", range.length())));
        boolean chunked = framing == Framing.CHUNKED;
        new FirmwareSending(
                        ctx,
                        connection,
                        request.isHead() ? new ByteRange(range.first(), 0) : range,
                        at -> chunked
                                ? chunk(image.slice(at.first(), at.length()))
                                : image.slice(at.first(), at.length()),
                        chunked ? lastChunk() : Unpooled.EMPTY_BUFFER,
                        stop)
                .start(download.status());
    }

    private byte[] head(int status, String contentType, int length) {
        List<Header> all = new ArrayList<>();
        all.add(new Header("Content-Type", contentType));
        switch (framing) {
            case LENGTH -> all.add(new Header("Content-Length", Integer.toString(length)));
            case CHUNKED -> all.add(new Header("Transfer-Encoding", "chunked"));
            case NONE -> {}
        }
        all.addAll(headers);
        all.add(new Header("Connection", "close"));
        return HttpAnswer.of(status, all, "").text().getBytes(StandardCharsets.UTF_8);
    }

    private static ByteBuf chunk(ByteBuf data) {
        return data.isReadable()
                ? Unpooled.wrappedBuffer(ascii(Integer.toHexString(data.readableBytes()) + "\r\n"), data, ascii("\r\n"))
                : data;
    }

    private static ByteBuf lastChunk() {
        return ascii("0\r\n\r\n");
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
