#!/bin/sh
# ntplib 0.3.3 (Debian 12, python3-ntplib) asks a server that is told to be left alone: Kiss-o'-Death, stratum 0 (RFC 5905 section 7.4).
#
# Guess: request() throws, or says in some field that no time came; a kiss has none, and RATE and DENY order the client to ask less or not.
# Seen:  it returns an answer like any other: tx_time is the first of January 1900, offset minus 126 years, and the kiss code is
#        "Unidentified reference source". A server that is not synchronised (leap 3, stratum 16) passes as well.
# Means: who sets a clock or judges certificates by tx_time goes back to 1900 as soon as a pool server limits its rate: look at stratum
#        (1 to 15) and leap (not 3) first; lwIP's SNTP, on the device, drops what has stratum 0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get -q download python3-ntplib=0.3.3-3 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
cat >kiss.py <<'PY'
import socket, struct, sys, threading, time
sys.path.insert(0, 'root/usr/lib/python3/dist-packages')
import ntplib

def kiss(question):
    # leap 3, version 4, server; stratum 0; no delay, no dispersion; the code; the client's own time stamp, and no other
    return struct.pack('!BBbb', 0xe4, 0, 6, -20) + bytes(8) + b'RATE' + bytes(8) + question[40:48] + bytes(16)

def unsynchronised(question):
    now = struct.pack('!II', int(time.time()) + 2208988800, 0)
    return struct.pack('!BBbb', 0xe4, 16, 6, -20) + bytes(20) + question[40:48] + now + now

def ask(answer):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(('127.0.0.1', 0))
    def serve():
        question, client = server.recvfrom(512)
        server.sendto(answer(question), client)
    threading.Thread(target=serve, daemon=True).start()
    return ntplib.NTPClient().request('127.0.0.1', port=server.getsockname()[1], version=4, timeout=5)

kissed = ask(kiss)
seen = [time.gmtime(kissed.tx_time).tm_year, kissed.offset < -3e9, ntplib.ref_id_to_text(kissed.ref_id, kissed.stratum)]
print('RATE: year %d, offset %.0f s, %s' % (seen[0], kissed.offset, seen[2]))
unsure = ask(unsynchronised)
print('not synchronised: stratum %d, leap %d, offset %.0f s' % (unsure.stratum, unsure.leap, unsure.offset))
if seen != [1900, True, "Unidentified reference source 'RATE'"] or (unsure.stratum, unsure.leap) != (16, 3):
    print('another behaviour than described')
    sys.exit(1)
PY
python3 kiss.py
