package io.fieldloop.device.profile;

import java.time.Duration;

/**
 * How long a device waits in each phase (protocol reference 1.4).
 *
 * @param plainConnect name resolution and TCP, without TLS
 * @param tlsConnect name resolution and TCP, with TLS
 * @param tlsSilence silence of the peer during the TLS handshake
 * @param openCoversTls whether tlsConnect is one limit for TCP and TLS together, as in a modem's open command
 * @param openAnswer from the request to be let in, such as a WebSocket upgrade, to its complete answer
 * @param openAnswerPerRead whether openAnswer begins anew with every piece of the answer, as where each read gets it (transport_ws.c, ws_connect())
 * @param serverHello from the device's hello to the server's
 * @param channelIdle silence after which an open channel counts as dead; looked at only when the channel is about to be used
 */
public record PhaseLimits(
        Duration plainConnect,
        Duration tlsConnect,
        Duration tlsSilence,
        boolean openCoversTls,
        Duration openAnswer,
        boolean openAnswerPerRead,
        Duration serverHello,
        Duration channelIdle) {}
