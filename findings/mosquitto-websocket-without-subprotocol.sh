#!/bin/sh
# mosquitto 2.0.11 (Debian 12, libwebsockets 4.1.6), listener `protocol websockets`, ws 8.23.0 as client.
#
# Guess: a client that asks for no subprotocol is refused, or is upgraded and served all the same.
# Seen:  it is upgraded (101, no Sec-WebSocket-Protocol in the answer), and what it sends is thrown away: no CONNACK, no
#        close, no line in the log at `log_type all`. With `Sec-WebSocket-Protocol: mqtt` the same bytes get their CONNACK.
# Such a listener alone does not even start ("Unable to start any listening sockets"): the broker below has a second one.
# Means: "connected, then nothing" of a device on MQTT over WebSocket may be a missing request header.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" 2>/dev/null; rm -rf "$dir"' EXIT
broker=
cd "$dir"
apt-get -q download mosquitto=2.0.11-1.2+deb12u2 libwebsockets17=4.1.6-3 libcjson1 libdlt2 libev4 libwrap0 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit ws@8.23.0 >/dev/null
printf 'allow_anonymous true\nlog_type all\nlistener 18941 127.0.0.1\nlistener 18942 127.0.0.1\nprotocol websockets\n' >broker.conf
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu):$(echo "$dir"/root/lib/*-linux-gnu) \
  root/usr/sbin/mosquitto -c broker.conf >broker.log 2>&1 &
broker=$!
cat >connect.mjs <<'JS'
import WebSocket from 'ws';
// CONNECT of MQTT 3.1.1: clean session, keep-alive 60 s, client id "abc"
const connect = Buffer.from('100f00044d5154540402003c0003616263', 'hex');
const pause = millis => new Promise(done => setTimeout(done, millis));
const attempt = subprotocols => new Promise(done => {
  const socket = new WebSocket('ws://127.0.0.1:18942/mqtt', subprotocols);
  let answer = 'nothing in 3 s, still open';
  socket.on('error', error => done(error.message));
  socket.on('open', () => socket.send(connect));
  socket.on('message', data => { answer = data.toString('hex'); });
  socket.on('close', code => { answer += ` closed ${code}`; });
  setTimeout(() => { done(answer); socket.terminate(); }, 3000);
});
for (let tries = 0; tries < 50 && (await attempt([])).includes('ECONNREFUSED'); tries++) await pause(100);
const without = await attempt([]);
const withOne = await attempt(['mqtt']);
console.log(`no subprotocol: ${without}\nsubprotocol mqtt: ${withOne}`);
process.exit(without === 'nothing in 3 s, still open' && withOne === '20020000' ? 0 : 1);
JS
timeout 60 node connect.mjs || { echo "another behaviour than described"; exit 1; }
[ "$(grep -c 'New client connected' broker.log)" = 1 ] || { cat broker.log; echo "another log than described"; exit 1; }
echo "as described"
