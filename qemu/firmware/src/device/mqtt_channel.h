/* The audio channel of a device that speaks MQTT: opened and closed by messages on the connection to the broker, its voice over UDP. */
#pragma once

#include "device/attempt.h"

/* The device boots: connects, and listens to what the server says while no channel is open. */
void mqtt_channel_boot(void);

/* As attempt_run. */
void mqtt_channel_run(struct attempt *attempt);

/* Closes it. One that is left for another reason than that of either end is not taken leave of, which the server is not told. */
void mqtt_channel_close(enum reason reason);

enum mqtt_channel_news {
    CHANNEL_QUIET,
    CHANNEL_HEARD,
    CHANNEL_GOODBYE, /* the server took leave of the open channel */
    CHANNEL_BROKEN,  /* what the device had to say on it could not be sent */
};

/* Takes what came, a message or a packet of voice, and says what that means for the open channel. */
enum mqtt_channel_news mqtt_channel_poll(void);
