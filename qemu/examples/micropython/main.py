# A voice device in MicroPython: joins Wi-Fi, opens the gateway's WebSocket, says hello, talks and listens.
#
# Runs on a stock ESP32 release image. Settings are in fieldloop.json beside this file, by the reference firmware's names
# (qemu/firmware/README.md). It logs as that one does, and understands its lines on the console.
import binascii
import json
import machine
import network
import select
import sys
import time

from channel import BINARY, FRAME_MILLIS, TEXT, Channel, Failure, log, since

SETTINGS = {
    "url": "wss://gateway.test/xiaozhi/v1/",
    "token": "",
    "version": 1,
    "client-id": "7b94d69a-9808-4c59-9c9b-704333b38aff",
    "device-id": "",  # empty: the Wi-Fi's MAC address
    "ssid": "PICSimLabWifi",
    "password": "",
    "ca": "",  # the one trusted root, DER in base64; without it every chain is untrusted
    "epoch": 0,  # Unix seconds at boot; 0 leaves the clock at 2000-01-01
    "autoconnect": 0,
    "talk": 0,  # milliseconds to speak once online after autoconnect
    "patience": 30,
}
EPOCH_2000 = 946684800
JOIN_MILLIS_MAX = 10000
# One packet of speech, Opus, 60 ms at 16 kHz.
SPEECH = binascii.a2b_base64(
    "WOAcNkXjQOlMmOrNZZFrFUqhA0yoWcDBigKcD5Hl2E9mDqJPcWeL2Cxvd6WE"
    "buWbhi+Yqp03XoPFs0n4SJ7FpdtmlqKZYAeF1oQtSxZUT8AsVW7Msq+TVZA="
)


def read_settings():
    """Numbers may be written as texts; what is not known here is left aside."""
    try:
        with open("fieldloop.json") as file:
            given = json.load(file)
    except OSError:
        return
    for key, value in SETTINGS.items():
        SETTINGS[key] = type(value)(given.get(key, value))


def set_clock():
    epoch = SETTINGS["epoch"]
    if epoch > EPOCH_2000:  # where this clock begins
        year, month, day, hour, minute, second, weekday, _ = time.gmtime(epoch - EPOCH_2000)
        machine.RTC().datetime((year, month, day, weekday, hour, minute, second, 0))
    log("I", "time epoch=%d source=%s" % (epoch, "setting" if epoch else "none"))


def join():
    wifi = network.WLAN(network.STA_IF)
    wifi.active(True)
    while not wifi.isconnected():
        wifi.connect(SETTINGS["ssid"], SETTINGS["password"])
        asked = time.ticks_ms()
        while not wifi.isconnected() and since(asked) < JOIN_MILLIS_MAX:
            time.sleep_ms(50)
        if not wifi.isconnected():
            log("W", "network failed reason=wifi-%d" % wifi.status())
            wifi.disconnect()
    mac = binascii.hexlify(wifi.config("mac"), ":").decode()
    log("I", "ready ip=%s mac=%s" % (wifi.ifconfig()[0], mac))
    return mac


class Turn:
    """One thing said, and the reply."""

    def __init__(self, channel, millis):
        self.channel = channel
        self.start = self.sign = time.ticks_ms()
        self.packets, self.sent, self.spoken = (millis + FRAME_MILLIS - 1) // FRAME_MILLIS, 0, None
        self.received, self.received_bytes, self.first_audio = 0, 0, None
        session = channel.session
        channel.send_json({"session_id": session, "type": "listen", "state": "start", "mode": "auto"})

    def speak(self):
        while self.spoken is None and since(self.start) >= (self.sent + 1) * FRAME_MILLIS:
            self.channel.send_audio(SPEECH)
            self.sent += 1
            if self.sent >= self.packets:
                self.finish_speaking()
        if self.spoken is not None and since(self.sign) > SETTINGS["patience"] * 1000:
            raise Failure("no-reply")

    def finish_speaking(self):
        if self.spoken is None:
            self.spoken = self.sign = time.ticks_ms()
            log("D", "audio sent frames=%d bytes=%d" % (self.sent, self.sent * len(SPEECH)))

    def hear(self, payload):
        self.sign = time.ticks_ms()
        if self.first_audio is None:
            self.first_audio = since(self.spoken or self.start)
        self.received += 1
        self.received_bytes += len(payload) - {2: 16, 3: 4}.get(SETTINGS["version"], 0)

    def complete(self):
        self.finish_speaking()
        if self.received:
            log("D", "audio received frames=%d bytes=%d dropped=0" % (self.received, self.received_bytes))
        first = "" if self.first_audio is None else " first-audio-ms=%d" % self.first_audio
        log("D", "turn completed elapsed-ms=%d%s" % (since(self.start), first))

    def fail(self, reason):
        self.finish_speaking()
        log("D", "turn failed reason=%s elapsed-ms=%d" % (reason, since(self.start)))


class Device:
    def __init__(self):
        mac = join()
        self.channel = Channel(SETTINGS, SETTINGS["device-id"] or mac)
        self.turn = None
        self.line = ""
        self.console = select.poll()
        self.console.register(sys.stdin, select.POLLIN)

    def run(self):
        if SETTINGS["autoconnect"]:
            self.obey("connect")
            if SETTINGS["talk"] and self.channel.sock:
                self.obey("talk %d" % SETTINGS["talk"])
        while True:
            self.listen_to_user()
            try:
                if self.channel.sock:
                    self.converse()
            except Failure as failure:
                self.lose(failure)
            time.sleep_ms(5)

    def listen_to_user(self):
        while self.console.poll(0):
            character = sys.stdin.read(1)
            if character not in "\r\n":
                self.line += character
            elif self.line:
                command, self.line = self.line, ""
                self.obey(command)

    def obey(self, command):
        word, _, rest = command.partition(" ")
        try:
            if word == "connect":
                self.channel.sock or self.channel.open()
            elif word == "disconnect" and self.channel.sock:
                self.lose(Failure("closed-by-user"))
            elif word == "talk" and self.channel.sock:
                self.end_turn("closed-by-user")
                self.turn = Turn(self.channel, int(rest))
            elif word == "talk":
                log("D", "turn failed reason=channel-not-open elapsed-ms=0")
            elif word == "reboot":
                machine.reset()
            else:
                log("W", "unknown command: " + command)
        except Failure as failure:
            self.lose(failure)

    def converse(self):
        if self.turn:
            self.turn.speak()
        for opcode, payload in self.channel.frames(""):
            if opcode == BINARY and self.turn:
                self.turn.hear(payload)
            elif opcode == TEXT:
                self.take(json.loads(payload))

    def take(self, message):
        kind, state = message.get("type", ""), message.get("state")
        log("D", "received type=%s%s" % (kind, " state=" + state if state else ""))
        if kind == "tts" and self.turn:
            self.turn.sign = time.ticks_ms()
            if state == "start":
                self.turn.finish_speaking()
            elif state == "stop":
                self.turn.complete()
                self.turn = None
        elif kind == "system" and message.get("command") == "reboot":
            machine.reset()

    def lose(self, failure):
        self.end_turn(failure.reason)
        if failure.reason != "no-reply" and self.channel.sock:
            self.channel.close()
            log("D", "offline reason=" + failure.reason + failure.detail)

    def end_turn(self, reason):
        if self.turn:
            self.turn.fail(reason)
            self.turn = None


def reset_cause():
    causes = {machine.SOFT_RESET: "software", machine.WDT_RESET: "task-watchdog"}
    return causes.get(machine.reset_cause(), "power-on")


version = ".".join(str(part) for part in sys.implementation.version[:3])
log("I", "boot count=? reset=%s board=micropython version=%s" % (reset_cause(), version))
read_settings()
set_clock()
Device().run()
