#!/bin/sh
# slirp4netns 1.2.0 with libslirp 4.7.0 (Debian 12), the network of rootless containers; QEMU's `-netdev user` is the same library. Python 3,
# root (for a network namespace of its own).
#
# Guess: what a kernel tells an application, the application behind slirp is told, and its peer, too: the server's reset, its own reset, a
#        UDP port that is closed.
# Seen:  the server's reset arrives as a reset. The client's own reset reaches the server as an end of the stream, as if it had closed in
#        peace; a datagram to a closed port is answered by silence, where loopback says "refused".
# Means: a device in such a network that crashes or aborts looks to the server like one that said goodbye, so what counts or bans aborted
#        connections stays at 0; and a voice server that is down looks like one that does not answer.
set -eu
dir=$(mktemp -d)
trap 'kill $jobs 2>/dev/null; rm -rf "$dir"' EXIT
jobs=
cd "$dir"
apt-get -q download slirp4netns=1.2.0-1 libslirp0=4.7.0-1 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
cat >server.py <<'PY'
import socket, struct, threading
def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    connection.close()
def listen(port, serve):
    listener = socket.create_server(('127.0.0.1', port))
    def accept():
        while True:
            serve(listener.accept()[0])
    threading.Thread(target=accept).start()
def resets(connection):
    connection.recv(100)
    reset(connection)
def notes(connection):
    connection.settimeout(5)
    try:
        connection.recv(100)
        ended = 'end of stream' if connection.recv(100) == b'' else 'data'
    except OSError as error:
        ended = error.strerror
    with open('noted', 'w') as file:
        file.write(ended)
if __name__ == '__main__':
    listen(18991, resets)
    listen(18992, notes)
PY
cat >client.py <<'PY'
import socket, sys, time
from server import reset
host = sys.argv[1]
def told(end):
    end.settimeout(3)
    try:
        return repr(end.recv(100))
    except OSError as error:
        return error.strerror or str(error)
one = socket.create_connection((host, 18991))
one.send(b'hello')
print("the server's reset:", told(one))
two = socket.create_connection((host, 18992))
two.send(b'hello')
time.sleep(0.5)
reset(two)
time.sleep(1)
print("the client's reset, at the server:", open('noted').read())
three = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
three.connect((host, 18993))
three.send(b'voice')
print('a closed UDP port:', told(three))
PY
python3 server.py &
jobs=$!
unshare -n sleep 60 &
inside=$!
jobs="$jobs $inside"
sleep 1
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu) root/usr/bin/slirp4netns --configure "$inside" tap0 >slirp.log 2>&1 &
jobs="$jobs $!"
sleep 2
wrong=0
seen() {
  echo "$1:"
  echo "$2" | sed 's/^/  /'
  [ "$2" = "$3" ] || { echo "  another behaviour than described"; wrong=1; }
}
seen slirp4netns "$(nsenter -t "$inside" -n python3 client.py 10.0.2.2)" "the server's reset: Connection reset by peer
the client's reset, at the server: end of stream
a closed UDP port: timed out"
rm noted
seen loopback "$(python3 client.py 127.0.0.1)" "the server's reset: Connection reset by peer
the client's reset, at the server: Connection reset by peer
a closed UDP port: Connection refused"
exit "$wrong"
