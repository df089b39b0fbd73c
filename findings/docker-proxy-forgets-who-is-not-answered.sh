#!/bin/sh
# docker-proxy of docker.io 20.10.24 (Debian 12), which carries a container's published UDP port where no packet filter does it: from this
# machine itself, over IPv6, in rootless engines. Python 3. Takes 100 s.
#
# Guess: a client's mapping lasts as long as packets go through it, whichever way.
# Seen:  only what the server sends keeps it. A client that sends five datagrams a second and gets no answer reaches the server from
#        another port after 90 s, and again after 180 s; one that sent a single datagram and is talked to keeps its port.
# Means: a device that talks for longer than that (a long recording, a camera's stream, readings that nobody acknowledges) becomes a
#        stranger to the server in mid-sentence: what is bound to the address it learnt (a session, a key, a sequence number) ends there.
#        A server that answers now and then, or learns addresses anew, does not notice.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get -q download docker.io=20.10.24+dfsg1-1+deb12u1+b6 >/dev/null 2>&1
dpkg -x docker.io_*.deb root
cat >talk.py <<'PY'
import os, socket, subprocess, time
def bound():
    end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    end.bind(('127.0.0.1', 0))
    end.settimeout(0.2)
    return end
class Path:
    """A client, the proxy, and the server, which notes from when on it saw which port."""
    def __init__(self):
        self.server, free = bound(), bound()
        published = free.getsockname()[1]
        free.close()
        ready, started = os.pipe()
        self.proxy = subprocess.Popen(['sh', '-c', 'exec root/usr/sbin/docker-proxy -proto udp -host-ip 127.0.0.1 -host-port %d '
            '-container-ip 127.0.0.1 -container-port %d 3>&%d' % (published, self.server.getsockname()[1], started)], pass_fds=[started])
        os.read(ready, 1)
        self.client = bound()
        self.client.connect(('127.0.0.1', published))
        self.seen = []
    def up(self):
        self.client.send(b'voice')
        port = self.server.recvfrom(100)[1]
        if port not in [address for at, address in self.seen]:
            self.seen.append((time.monotonic() - begun, port))
    def down(self):
        self.server.sendto(b'voice', self.seen[-1][1])
        self.client.recv(100)
begun = time.monotonic()
unanswered, answered = Path(), Path()
answered.up()
while time.monotonic() < begun + 97:
    unanswered.up()
    answered.down()
    time.sleep(0.2)
answered.up()
for path in unanswered, answered:
    path.proxy.kill()
print('sends, and is not answered: %d ports, a new one after %s s' % (len(unanswered.seen), ', '.join('%.0f' % at for at, port in unanswered.seen[1:])))
print('is talked to: %d port' % len(answered.seen))
if len(unanswered.seen) != 2 or not 85 < unanswered.seen[1][0] < 96 or len(answered.seen) != 1:
    print('  another behaviour than described')
    raise SystemExit(1)
PY
timeout 150 python3 talk.py
