package io.fieldloop.scenario.model.device;

import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.device.tls.TlsGeneration;
import io.fieldloop.device.tls.TlsTrait;
import io.fieldloop.device.tls.Verification;
import io.fieldloop.scenario.model.value.ByteSize;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Known;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import io.fieldloop.scenario.shape.annotation.Shorthand;
import io.fieldloop.server.tls.TlsVersion;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The TLS a device is built with, where it is not that of its profile. */
@Doc("The TLS a device is built with: the name of an ESP-IDF release line, or a mapping that says more")
@Shorthand("generation")
public record DeviceTlsSpec(
        @Doc("The release line of ESP-IDF, and with it of mbedTLS; default: what its profile says")
        @Known("tls-generation")
        @Nullable
        String generation,

        @Doc("TLS versions it is built for; default: those of its release line, which is never TLS 1.3")
        @NotEmpty
        @Nullable
        List<TlsVersion> versions,

        @Doc("Whether it is built with P-384") @Default("true")
        boolean p384,

        @Doc(
                "The longest record it takes in (MBEDTLS_SSL_IN_CONTENT_LEN), 16KiB at most; default: what its profile says, which is that with ESP-IDF's own settings")
        @Nullable
        ByteSize recordSize,

        @Doc(
                "Whether it asks the server for records of that size (mbedtls_ssl_conf_max_frag_len): 512B, 1KiB, 2KiB or 4KiB")
        @Default("false")
        boolean asksForRecordSize,

        @Doc("How it checks the server's certificate; default: as its profile does") @Nullable
        Verification verification,

        @Doc(
                "Whether it keeps session tickets and resumes with them until it reboots (CONFIG_ESP_TLS_CLIENT_SESSION_TICKETS, and an application that uses it)")
        @Default("false")
        boolean keepsTickets,

        @Doc("What it shows to a gateway that asks for its certificate") @Default("none")
        DeviceCertificate certificate) {
    private static final long RECORD_BYTES_MAX = 16_384;
    private static final Set<Long> ASKABLE = Set.of(512L, 1024L, 2048L, 4096L);

    public DeviceTlsSpec {
        if (recordSize != null && (recordSize.bytes() == 0 || recordSize.bytes() > RECORD_BYTES_MAX)) {
            throw new IllegalArgumentException(
                    "has a record-size of none, or of more than 16KiB, which TLS does not have");
        }
        if (asksForRecordSize && (recordSize == null || !ASKABLE.contains(recordSize.bytes()))) {
            throw new IllegalArgumentException(
                    "asks for records of a size that cannot be asked for; give a record-size of 512B, 1KiB, 2KiB or 4KiB");
        }
    }

    /** The device with this TLS; {@link IllegalArgumentException} where it cannot be built for those versions. */
    DeviceProfile of(DeviceProfile profile) {
        DeviceProfile built = profile;
        if (generation != null) {
            TlsGeneration line = TlsGeneration.named(generation);
            boolean tls13 = versions != null && versions.contains(TlsVersion.TLSv1_3);
            built = RecordCopy.with(built, "tls.hello", tls13 ? line.withTls13() : line.stock());
        }
        if (versions != null) {
            built = built.withTlsVersions(
                    versions.stream().map(TlsVersion::wireName).toList());
        }
        if (!p384) {
            built = RecordCopy.with(built, "tls.hello", built.tls().hello().withoutP384());
        }
        if (recordSize != null) {
            built = RecordCopy.with(built, "tls.heap.inRecordBytes", Math.toIntExact(recordSize.bytes()));
        }
        if (asksForRecordSize) {
            built = RecordCopy.with(built, "tls.hello", built.tls().hello().askingSmallRecords());
        }
        if (keepsTickets) {
            built = RecordCopy.with(built, "tls.hello", built.tls().hello().with(TlsTrait.KEEPS_SESSIONS));
        }
        return verification == null ? built : RecordCopy.with(built, "tls.verification", verification);
    }
}
