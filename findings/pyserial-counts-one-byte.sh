#!/bin/sh
# pyserial 3.5 (Debian 12, python3-serial) with `socket://HOST:PORT`, a serial port behind ser2net, an ESP bridge or an emulated modem.
#
# Guess: in_waiting is how many bytes can be read without waiting, as on a serial device, and what the device says as soon as somebody
#        has connected is read like all the rest.
# Seen:  in_waiting is 1, however many bytes are there, or 0. What came before open() has returned is thrown away: it empties the socket.
# Means: `read(port.in_waiting)`, the usual loop, takes one byte at a time, and `if port.in_waiting >= 4` never comes true; a banner that
#        a bridge sends at once is lost in some runs and not in others. Read with a timeout instead.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get -q download python3-serial=3.5-1.1 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
cat >waiting.py <<'PY'
import socket, sys, threading, time
sys.path.insert(0, 'root/usr/lib/python3/dist-packages')
import serial
import serial.urlhandler.protocol_socket as by_socket

listener = socket.create_server(('127.0.0.1', 0))
opened = threading.Event()

def device():
    connection, _ = listener.accept()
    connection.sendall(b'banner')
    opened.wait()
    connection.sendall(b'x' * 100)
    time.sleep(30)

threading.Thread(target=device, daemon=True).start()
# the banner is there before open() empties the socket: its pause stands for a link that is quick
connect = socket.create_connection
def and_then_wait(*given, **named):
    connection = connect(*given, **named)
    time.sleep(1)
    return connection
by_socket.socket.create_connection = and_then_wait
port = serial.serial_for_url('socket://127.0.0.1:%d' % listener.getsockname()[1], timeout=2)
by_socket.socket.create_connection = connect
banner = port.read(6) if port.in_waiting else b''
opened.set()
time.sleep(1)
waiting = port.in_waiting
taken = len(port.read(waiting))
rest = len(port.read(200))
print('banner %s, in_waiting %d, read(in_waiting) %d, then %d more' % (banner, waiting, taken, rest))
if (banner, waiting, taken, rest) != (b'', 1, 1, 99):
    print('another behaviour than described')
    sys.exit(1)
PY
python3 waiting.py
