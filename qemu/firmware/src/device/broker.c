#include "device/broker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/esp_mqtt.h"
#include "device/course.h"
#include "device/state.h"
#include "machine/clock.h"
#include "machine/log.h"
#include "machine/loop.h"
#include "mqtt/mqtt.h"
#include "settings/settings.h"

#define WAIT_MILLISECONDS_MAX    10000
#define NETWORK_MILLISECONDS_MAX 10000 /* MQTT_NETWORK_TIMEOUT_MS */
#define AGAIN_MILLISECONDS       10000 /* MQTT_RECON_DEFAULT_MS: the client by itself, for ever */
#define ONCE_MILLISECONDS        60000 /* the firmware, once, if it is idle by then */
#define TLS_PORT                 8883
#define NEVER                    0xffffffffu

static const char TAG[] = "MQTT";
static const char CLIENT[] = "mqtt_client";
static const char FIELDLOOP[] = "fieldloop";

struct alarm {
    bool set;
    uint32_t at;
};

static struct {
    struct mqtt mqtt;
    bool started;
    bool connected;
    struct alarm again;
    struct alarm once;
} broker;

static void set_alarm(struct alarm *alarm, uint32_t milliseconds)
{
    alarm->set = true;
    alarm->at = clock_milliseconds() + milliseconds;
    LOGD(FIELDLOOP, "mqtt reconnect scheduled in-ms=%lu", (unsigned long)milliseconds);
}

static uint32_t milliseconds_left(const struct alarm *alarm)
{
    int32_t left = (int32_t)(alarm->at - clock_milliseconds());
    return !alarm->set ? NEVER : left < 0 ? 0 : (uint32_t)left;
}

/* Cut at the first colon; whether it is encrypted is decided by the port alone. */
static bool parse_endpoint(struct course *course)
{
    const char *endpoint = settings.mqtt_endpoint;
    size_t name = strcspn(endpoint, ":");
    const char *digits = endpoint + name + (endpoint[name] == ':');
    char *end;
    unsigned long port = endpoint[name] == ':' ? strtoul(digits, &end, 10) : TLS_PORT;
    bool is_number = endpoint[name] != ':' || (*digits >= '0' && *digits <= '9' && *end == '\0');
    if (name == 0 || name >= sizeof course->url.host || !is_number || port < 1 || port > 65535) {
        return course_fail(course, PHASE_DNS, INVALID_URL);
    }
    memcpy(course->url.host, endpoint, name);
    course->url.host[name] = '\0';
    course->url.port = (uint16_t)port;
    course->url.tls = port == TLS_PORT;
    return true;
}

static bool take_answer(struct course *course, const struct mqtt_packet *packet)
{
    switch (packet->event) {
    case MQTT_CONNACK:
        course->attempt->fault.status = packet->return_code;
        if (packet->return_code != 0) {
            return course_fail(course, PHASE_MQTT, MQTT_CONNECT_REFUSED);
        }
        LOGD(FIELDLOOP, "mqtt connected elapsed-ms=%lu session-present=%d",
             (unsigned long)(clock_milliseconds() - course->started), packet->session_present);
        return true;
    case MQTT_PUBLISH:
    case MQTT_OTHER:
        LOGE(CLIENT, "Invalid MSG_TYPE response: %d, read_len: 2", packet->event == MQTT_PUBLISH ? 3 : packet->type);
        return course_fail(course, PHASE_MQTT, CONNECTION_BROKE);
    case MQTT_ENDED:
        return course_fail(course, PHASE_MQTT, CLOSED_BY_SERVER);
    default:
        return course_fail(course, PHASE_MQTT, CONNECTION_BROKE);
    }
}

static bool exchange_connect(struct course *course)
{
    struct mqtt_identity identity = {settings.mqtt_client_id, settings.mqtt_username, settings.mqtt_password,
                                     settings.mqtt_keepalive_seconds};
    uint32_t asked = clock_milliseconds();
    if (!mqtt_send_connect(&broker.mqtt, &identity)) {
        return course_fail(course, PHASE_MQTT, CONNECTION_BROKE);
    }
    while (clock_milliseconds() - asked < NETWORK_MILLISECONDS_MAX && !loop_is_cancelled()) {
        struct mqtt_packet packet = mqtt_next(&broker.mqtt);
        if (packet.event != MQTT_NOTHING) {
            return take_answer(course, &packet);
        }
        loop_turn(LOOP_TURN_MILLISECONDS);
    }
    return course_fail(course, PHASE_MQTT, CONNACK_TIMEOUT);
}

/* One attempt of the client; the error its user gets when it fails. */
static bool connect_once(struct attempt *attempt, int *error)
{
    struct course course = {
        .attempt = attempt, .connection = &broker.mqtt.connection, .started = clock_milliseconds()};
    memset(attempt, 0, sizeof *attempt);
    attempt->fault.host = "";
    broker.again.set = false;
    if (parse_endpoint(&course) && course_dial(&course, NETWORK_MILLISECONDS_MAX) && exchange_connect(&course)) {
        broker.connected = true;
        broker.once.set = false;
        return true;
    }
    *error = esp_mqtt_log(&attempt->fault);
    mqtt_free(&broker.mqtt);
    esp_mqtt_log_refusal(&attempt->fault, *error);
    set_alarm(&broker.again, AGAIN_MILLISECONDS);
    return false;
}

static void delete_client(void)
{
    LOGW(TAG, "Mqtt client already started");
    if (broker.connected) {
        mqtt_disconnect(&broker.mqtt);
    }
    mqtt_free(&broker.mqtt);
    broker.connected = false;
    broker.again.set = false;
    broker.started = false;
}

bool broker_start(struct attempt *attempt)
{
    int error;
    if (broker.started) {
        delete_client();
    }
    if (settings.mqtt_endpoint[0] == '\0') {
        LOGW(TAG, "MQTT endpoint is not specified");
        attempt->fault.reason = NOT_CONFIGURED;
        attempt->fault.phase = PHASE_MQTT;
        return false;
    }
    LOGI(TAG, "Connecting to endpoint %s", settings.mqtt_endpoint);
    broker.started = true;
    loop_limit(WAIT_MILLISECONDS_MAX);
    bool connected = connect_once(attempt, &error);
    if (connected) {
        LOGI(TAG, "Connected to endpoint");
    } else if (attempt->fault.reason != CLOSED_BY_USER) {
        LOGE(TAG, "Failed to connect to endpoint, code=%d", error);
        LOGW("Application", "Alert [circle_xmark] Error: Unable to connect to service, please try again later");
    }
    loop_resume();
    return connected;
}

bool broker_is_connected(void)
{
    return broker.connected;
}

bool broker_has_topic(void)
{
    return settings.mqtt_topic[0] != '\0';
}

bool broker_publish(const char *text)
{
    if (!broker_has_topic()) {
        return false;
    }
    if (!broker.connected || !mqtt_publish(&broker.mqtt, settings.mqtt_topic, text)) {
        LOGE(TAG, "Failed to publish message: %s", text);
        LOGW("Application", "Alert [circle_xmark] Error: Sending failed, please check the network");
        return false;
    }
    return true;
}

static void lose(enum mqtt_event event)
{
    char code[24] = "";
    enum reason reason = event == MQTT_SILENT ? PONG_TIMEOUT : event == MQTT_ENDED ? CLOSED_BY_SERVER : CONNECTION_BROKE;
    if (event == MQTT_ENDED || event == MQTT_LOST) {
        esp_mqtt_log_loss(event == MQTT_ENDED, connection_error(&broker.mqtt.connection));
    }
    if (event == MQTT_LOST) {
        int error = connection_error(&broker.mqtt.connection);
        snprintf(code, sizeof code, error != 0 ? " code=-0x%04X" : " code=0x%x", error != 0 ? (unsigned)-error : 0x68u);
    }
    mqtt_free(&broker.mqtt);
    broker.connected = false;
    LOGD(FIELDLOOP, "mqtt disconnected reason=%s%s", reason_name(reason), code);
    LOGI(TAG, "MQTT disconnected, schedule reconnect in 60 seconds");
    set_alarm(&broker.once, ONCE_MILLISECONDS);
    set_alarm(&broker.again, AGAIN_MILLISECONDS);
}

bool broker_next(const uint8_t **bytes, size_t *count)
{
    while (broker.connected) {
        struct mqtt_packet packet = mqtt_next(&broker.mqtt);
        if (packet.event == MQTT_NOTHING) {
            return false;
        }
        if (packet.event == MQTT_PUBLISH) {
            *bytes = packet.payload;
            *count = packet.count;
            return true;
        }
        if (packet.event != MQTT_CONNACK && packet.event != MQTT_OTHER) {
            lose(packet.event);
        }
    }
    return false;
}

static void connect_again(void)
{
    struct attempt attempt;
    int error;
    loop_resume();
    connect_once(&attempt, &error);
    loop_resume();
}

uint32_t broker_poll(void)
{
    struct attempt attempt;
    if (milliseconds_left(&broker.once) == 0) {
        broker.once.set = false;
        if (state_now() == STATE_IDLE) {
            LOGI(TAG, "Reconnecting to MQTT server");
            broker_start(&attempt);
        }
    }
    if (milliseconds_left(&broker.again) == 0) {
        connect_again();
    }
    uint32_t due = broker.connected ? mqtt_due(&broker.mqtt) : milliseconds_left(&broker.again);
    uint32_t once = milliseconds_left(&broker.once);
    return due < once ? due : once;
}
