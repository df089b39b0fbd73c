package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.model.value.ByteSize;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.NotEmpty;

/** Firmware on offer: an image that is made for the run. */
@Doc(
        "Firmware on offer: an image that is made for the run; in QEMU the next build of the reference firmware, which runs there then")
public record FirmwareOfferSpec(
        @Doc("Its version, as the check and the image say it") @NotEmpty
        String version,

        @Doc("Size of the image, in QEMU at least that of the firmware") @Default("64KiB")
        ByteSize size,

        @Doc("Whether devices are to install it even where it is not newer") @Default("false")
        boolean force) {}
