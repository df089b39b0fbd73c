# The way to the gateway: TCP, TLS, WebSocket and hello, with one log line for each step and the reason of a failure.
#
# Lines and reasons are those of the reference firmware (qemu/firmware/README.md, "Log").
import binascii
import hashlib
import json
import os
import socket
import ssl
import struct
import time

LIMIT_SECONDS = 10  # for TCP, TLS, upgrade and hello, each
FRAME_MILLIS = 60
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
# What mbedTLS says of a certificate, in its own order of precedence.
VERDICTS = (
    ("does not match with the expected CN", "certificate-name-mismatch", "0x4"),
    ("validity has expired", "certificate-expired", "0x1"),
    ("not correctly signed by the trusted CA", "certificate-untrusted", "0x8"),
    ("validity starts in the future", "certificate-not-yet-valid", "0x200"),
)
TLS_CODES = {
    0x7280: "tls-eof",
    0x7200: "tls-not-tls",
    0x7100: "tls-eof",
    0x7780: "peer-alert",
    0x7F00: "heap-exhausted",
    0x2700: "certificate-untrusted",
    0x7680: "certificate-untrusted",  # no root to trust
}


class Failure(Exception):
    def __init__(self, reason, phase="", detail=""):
        self.reason, self.phase, self.detail = reason, phase, detail


def log(level, text):
    print("%s (%d) fieldloop: %s" % (level, time.ticks_ms(), text))


def since(start):
    return time.ticks_diff(time.ticks_ms(), start)


def split(url):
    scheme, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    host, _, port = host.partition(":")
    if scheme not in ("ws", "wss") or not host:
        raise Failure("invalid-url", "dns", " code=0")
    return scheme == "wss", host, int(port or (443 if scheme == "wss" else 80)), "/" + path


def connect_tcp(host, port):
    try:
        address = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_STREAM)[0][-1]
    except OSError as error:
        raise Failure("dns-failure", "dns", " code=%d" % error.args[0])
    sock = socket.socket()
    sock.settimeout(LIMIT_SECONDS)
    try:
        sock.connect(address)
    except OSError as error:
        sock.close()
        reasons = {104: "tcp-refused", 111: "tcp-refused", 110: "tcp-timeout", 116: "tcp-timeout"}
        raise Failure(reasons.get(error.args[0], "tcp-reset"), "tcp", " code=0x%x" % error.args[0])
    return sock


def wrap_tls(sock, host, ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca:
        context.load_verify_locations(cadata=binascii.a2b_base64(ca))
    context.verify_mode = ssl.CERT_REQUIRED
    try:
        return context.wrap_socket(sock, server_hostname=host)
    except (OSError, ValueError, MemoryError) as error:
        sock.close()
        raise tls_failure(error)


def tls_failure(error):
    if isinstance(error, MemoryError):
        return Failure("heap-exhausted", "tls", " code=-0x7F00")
    for words, reason, flags in VERDICTS:
        if words in str(error):
            return Failure(reason, "tls", " code=-0x2700 flags=" + flags)
    code = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    if code in (110, 116, 11):
        return Failure("tls-timeout", "tls", " code=0x8006")
    if code >= 0:
        return Failure("tls-eof", "tls", " code=0x%x" % code)
    # mbedTLS adds a second number to some codes: -0x2700 minus what went wrong below.
    return Failure(TLS_CODES.get(-code & 0xFF80, "handshake-failure"), "tls", " code=-0x%04X" % -code)


class Channel:
    """The WebSocket to the gateway, from the first SYN to the last frame."""

    def __init__(self, settings, device_id):
        self.settings = settings
        self.device_id = device_id
        self.sock = None
        self.session = ""
        self.buffer = b""

    def open(self):
        start = time.ticks_ms()
        log("D", "attempt started url=" + self.settings["url"])
        try:
            secure, host, port, path = split(self.settings["url"])
            self.sock = connect_tcp(host, port)
            connected = since(start)
            log("D", "tcp connected elapsed-ms=%d" % connected)
            if secure:
                self.sock = wrap_tls(self.sock, host, self.settings["ca"])
                suite, version = self.sock.cipher()
                done = since(start) - connected
                log("D", "tls established version=%s suite=%s elapsed-ms=%d" % (version, suite, done))
            self.upgrade(host, path)
            upgraded = since(start)
            self.exchange_hello()
        except Failure as failure:
            self.close()
            detail = "reason=%s phase=%s elapsed-ms=%d" % (failure.reason, failure.phase, since(start))
            log("D", "refused " + detail + failure.detail)
            return False
        times = (since(start), connected, upgraded - connected, since(start) - upgraded, self.session)
        log("D", "online elapsed-ms=%d connect-ms=%d handshake-ms=%d hello-ms=%d session=%s" % times)
        return True

    def upgrade(self, host, path):
        start = time.ticks_ms()
        key = binascii.b2a_base64(os.urandom(16)).strip()
        lines = ["GET %s HTTP/1.1" % path, "Host: " + host]
        if self.settings["token"]:
            lines.append("Authorization: Bearer " + self.settings["token"])
        lines += [
            "Client-Id: " + self.settings["client-id"],
            "Connection: Upgrade",
            "Device-Id: " + self.device_id,
            "Protocol-Version: %d" % self.settings["version"],
            "Sec-WebSocket-Key: " + key.decode(),
            "Sec-WebSocket-Version: 13",
            "Upgrade: websocket",
        ]
        self.sock.setblocking(False)
        self.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        head = self.read_until(b"\r\n\r\n", start).decode().split("\r\n")
        status = (head[0].split() + ["", ""])[1]
        if status != "101":
            raise Failure("upgrade-refused", "upgrade", " code=0 status=" + status if status.isdigit() else " code=0")
        headers = dict((name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in head[1:]))
        accept = binascii.b2a_base64(hashlib.sha1(key + GUID).digest()).strip().decode()
        if headers.get("sec-websocket-accept") != accept:
            missing = "sec-websocket-accept" not in headers
            raise Failure("accept-missing" if missing else "accept-wrong", "upgrade", " code=0")
        log("D", "upgraded elapsed-ms=%d" % since(start))

    def read_until(self, mark, start):
        while mark not in self.buffer:
            if since(start) > LIMIT_SECONDS * 1000:
                raise Failure("upgrade-timeout", "upgrade", " code=0")
            if not self.fill("upgrade"):
                time.sleep_ms(5)
        head, self.buffer = self.buffer.split(mark, 1)
        return head

    def exchange_hello(self):
        start = time.ticks_ms()
        audio = {"format": "opus", "sample_rate": 16000, "channels": 1, "frame_duration": FRAME_MILLIS}
        hello = {"type": "hello", "version": self.settings["version"], "features": {"mcp": False}}
        hello.update({"transport": "websocket", "audio_params": audio})
        self.send_json(hello)
        while since(start) < LIMIT_SECONDS * 1000:
            for opcode, payload in self.frames("hello"):
                message = json.loads(payload) if opcode == TEXT else {}
                if message.get("type") == "hello" and message.get("transport") == "websocket":
                    log("D", "received type=hello")
                    self.session = message.get("session_id", "")
                    return
            time.sleep_ms(5)
        raise Failure("hello-timeout", "hello", " code=0")

    def fill(self, phase):
        try:
            read = self.sock.read(4096)
        except OSError as error:
            raise Failure("connection-lost", phase, " code=-0x%x" % abs(error.args[0]))
        if read == b"":
            raise Failure("closed-by-server", phase)
        self.buffer += read or b""
        return read

    def frames(self, phase):
        """The whole frames that have arrived; pings are answered."""
        while self.fill(phase):
            pass
        while len(self.buffer) >= 2:
            opcode, length, at = self.buffer[0] & 15, self.buffer[1] & 127, 2
            if length == 126 and len(self.buffer) >= 4:
                length, at = struct.unpack(">H", self.buffer[2:4])[0], 4
            elif length > 125:
                return
            if len(self.buffer) < at + length:
                return
            payload, self.buffer = self.buffer[at : at + length], self.buffer[at + length :]
            if opcode == CLOSE:
                raise Failure("closed-by-server", phase)
            if opcode == PING:
                self.send(PONG, payload)
                log("D", "pong sent bytes=%d" % length)
            else:
                yield opcode, payload

    def send_json(self, message):
        self.send(TEXT, json.dumps(message).encode())
        state = " state=" + message["state"] if "state" in message else ""
        log("D", "sent type=%s%s" % (message["type"], state))

    def send_audio(self, packet):
        version = self.settings["version"]
        if version == 2:
            packet = struct.pack(">HHIII", 2, 0, 0, 0, len(packet)) + packet
        elif version == 3:
            packet = struct.pack(">BBH", 0, 0, len(packet)) + packet
        self.send(BINARY, packet)

    def send(self, opcode, payload):
        length = len(payload)
        head = bytes((0x80 | opcode, 0x80 | (length if length < 126 else 126)))
        mask = os.urandom(4)
        masked = bytearray(payload)
        for i in range(length):
            masked[i] ^= mask[i & 3]
        self.write(head + (struct.pack(">H", length) if length > 125 else b"") + mask + bytes(masked))

    def write(self, data):
        try:
            while data:
                written = self.sock.write(data)
                if written is None:
                    time.sleep_ms(2)
                else:
                    data = data[written:]
        except OSError as error:
            raise Failure("connection-lost", "", " code=-0x%x" % abs(error.args[0]))

    def close(self):
        if self.sock:
            self.sock.close()
        self.sock, self.session, self.buffer = None, "", b""
