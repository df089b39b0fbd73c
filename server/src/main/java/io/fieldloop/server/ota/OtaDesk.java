package io.fieldloop.server.ota;

import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.FirstBytesPolicy;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.http.HardenedAnswers;
import io.fieldloop.server.http.HttpAnswer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all connections to the OTA listeners of one gateway share: who is bound, which links there are, and the rules. */
public final class OtaDesk {
    /** A device's own body has some 1,500 bytes. */
    static final int BODY_BYTES_MAX = 64 * 1024;

    private final boolean hardened;
    private final LimitsConfig limits;
    private final BooleanSupplier stopping;
    private final OtaRules rules;
    private final AtomicReference<String> firstLink = new AtomicReference<>("");

    /**
     * A desk on which nothing lies yet.
     *
     * @param stopping whether the gateway takes no new requests any more
     */
    public OtaDesk(
            Stance stance,
            OtaConfig config,
            AdmissionConfig admission,
            LimitsConfig limits,
            SecureRandom random,
            BooleanSupplier stopping) {
        this.hardened = stance == Stance.HARDENED;
        this.limits = limits;
        this.stopping = stopping;
        this.rules = rules(
                config,
                random,
                new Activations(config.activation(), random, hardened),
                () -> new Sections(config, admission, random));
    }

    private OtaRules rules(
            OtaConfig config, SecureRandom random, Activations activations, Supplier<Sections> sections) {
        if (hardened) {
            return new HardenedOta(config, limits, activations, sections);
        }
        return config.imitates() == OtaConfig.Imitated.MANAGER_API
                ? new ManagerApiOta(config, activations, new FirmwareLinks(random), sections)
                : new SingleModuleOta(config, sections);
    }

    FirstBytesPolicy firstBytes() {
        return new FirstBytesPolicy(
                hardened ? limits.firstByte() : limits.request(),
                limits.tlsHandshake(),
                limits.request(),
                this::answerTo);
    }

    HttpRequestDecoder newDecoder() {
        return new HttpRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.headerBytesMax())
                .setMaxHeaderSize(limits.headerBytesMax()));
    }

    /** What is held against the source, or the gateway's own end. */
    Optional<OtaAnswer.Refused> refusal(Optional<RefusalReason> ofSource, Duration banLeft) {
        return (stopping.getAsBoolean() ? Optional.of(RefusalReason.GATEWAY_STOPPING) : ofSource)
                .map(reason -> new OtaAnswer.Refused(reason, null, HardenedAnswers.to(reason, banLeft)));
    }

    /** The link to firmware that was handed out first, which is this one where there was none before. */
    String firstLink(String link) {
        return String.valueOf(firstLink.updateAndGet(first -> first.isEmpty() ? link : first));
    }

    OtaAnswer answer(OtaRequest request, Instant now) {
        return rules.answer(request, now);
    }

    /** What a client is told of a request that could not be read, or that made the gateway fail. */
    @Nullable
    HttpAnswer answerTo(RefusalReason reason) {
        if (reason == RefusalReason.OTA_BODY_TOO_LARGE) {
            return HardenedOta.told(reason);
        }
        return hardened ? HardenedAnswers.to(reason, Duration.ZERO) : null;
    }
}
