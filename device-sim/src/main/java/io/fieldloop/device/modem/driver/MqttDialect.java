package io.fieldloop.device.modem.driver;

import io.fieldloop.device.mqtt.NetworkError;
import java.util.List;
import java.util.function.IntFunction;

/**
 * How one class of the network library drives the MQTT client inside a modem, as data (src/ml307/ml307_mqtt.cc and
 * src/ec801e/ec801e_mqtt.cc of 78/esp-ml307).
 *
 * @param tag of its console lines
 * @param stateCommand asks whether an earlier connection is up; empty where it does not ask
 * @param tlsSetUp before the others on port 8883, which nothing undoes
 * @param openCommand opens the socket; empty where connecting does
 * @param openFailures what it calls the numbers of a socket that is not opened
 * @param connectFailed of a command to connect that is refused
 * @param refusals what it calls the numbers of a refused CONNECT; empty where it tells none
 * @param silent of a wait that brought nothing, up to 3.6
 * @param silentNamed the same from 3.7 on
 * @param refusal a refused CONNECT in the words of 3.7
 */
record MqttDialect(
        String tag,
        String stateCommand,
        List<Step> tlsSetUp,
        List<Step> setUp,
        String openCommand,
        List<String> openFailures,
        String connectCommand,
        String connectFailed,
        List<String> refusals,
        String silent,
        String silentNamed,
        IntFunction<NetworkError> refusal,
        String publishCommand,
        String disconnectCommand,
        MqttLine.Reader lines) {

    /**
     * A command that has to succeed.
     *
     * @param failed what the console says where it does not; empty where nobody looks
     */
    record Step(String command, String failed) {}

    /** The id that xiaozhi-esp32 gives its client: {@code CreateMqtt(0)}. */
    static final int ID = 0;

    static final MqttDialect ML307 = new MqttDialect(
            "Ml307Mqtt",
            "AT+MQTTSTATE=0",
            List.of(new Step("AT+MQTTCFG=\"ssl\",0,1", "Failed to set MQTT to use SSL")),
            List.of(
                    new Step("AT+MQTTCFG=\"clean\",0,1", "Failed to set MQTT clean session"),
                    new Step("AT+MQTTCFG=\"keepalive\",0,{keepalive}", "Failed to set MQTT keepalive interval"),
                    new Step("AT+MQTTCFG=\"pingreq\",0,{keepalive}", "Failed to set MQTT ping interval"),
                    new Step("AT+MQTTCFG=\"encoding\",0,0,1", "Failed to set MQTT to use HEX encoding")),
            "",
            List.of(),
            "AT+MQTTCONN=0,\"{host}\",{port},\"{client}\",\"{user}\",\"{password}\"",
            "Failed to create MQTT connection",
            List.of(),
            "Failed to connect to MQTT broker",
            "Timeout connecting to MQTT broker",
            NetworkError::ofMl307,
            "AT+MQTTPUB=0,\"{topic}\",0,0,0,{length}",
            "AT+MQTTDISC=0",
            MqttLine::ofMl307);

    static final MqttDialect EC801E = new MqttDialect(
            "Ec801EMqtt",
            "",
            List.of(
                    new Step(
                            "AT+QSSLCFG=\"sslversion\",2,4;+QSSLCFG=\"ciphersuite\",2,0xFFFF;+QSSLCFG=\"seclevel\",2,0",
                            ""),
                    new Step("AT+QMTCFG=\"ssl\",0,1,2", "Failed to set MQTT to use SSL")),
            List.of(
                    new Step("AT+QMTCFG=\"version\",0,4", "Failed to set MQTT version to 3.1.1"),
                    new Step("AT+QMTCFG=\"session\",0,1", "Failed to set MQTT clean session"),
                    new Step("AT+QMTCFG=\"keepalive\",0,{keepalive}", "Failed to set MQTT keep alive"),
                    new Step("AT+QMTCFG=\"dataformat\",0,0,1", "Failed to set MQTT to use HEX encoding")),
            "AT+QMTOPEN=0,\"{host}\",{port}",
            List.of(
                    "Connected",
                    "Parameter error",
                    "MQTT identifier occupied",
                    "PDP activation failed",
                    "Domain name resolution failed",
                    "Server disconnected"),
            "AT+QMTCONN=0,\"{client}\",\"{user}\",\"{password}\"",
            "Failed to connect to MQTT broker",
            List.of(
                    "Accepted",
                    "Rejected: Unacceptable protocol version",
                    "Rejected: Identifier rejected",
                    "Rejected: Server unavailable",
                    "Rejected: Wrong username or password",
                    "Rejected: Unauthorized"),
            "MQTT connection timeout",
            "MQTT connection timeout",
            NetworkError::ofQuectelConnect,
            "AT+QMTPUBEX=0,0,0,0,\"{topic}\",{length}",
            "AT+QMTDISC=0",
            MqttLine::ofQuectel);

    /** The words behind a number. */
    static String named(List<String> names, int number) {
        return number < names.size() ? names.get(number) : "Unknown error";
    }
}
