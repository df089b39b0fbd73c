#!/bin/sh
# mosquitto 2.0.11 (Debian 12, libwebsockets 4.1.6), listener `protocol websockets`, MQTT.js 5.16.0 as subscriber.
#
# Guess: a PUBLISH of 64,000 bytes reaches a WebSocket subscriber as fast as a TCP subscriber of the same broker.
# Seen:  over WebSocket each 4,096 bytes after the first take another 100 ms, with idle processors and on loopback:
#        4,000 bytes 3 ms, 8,000 bytes 110 ms, 64,000 bytes 1.5 s, 256,000 bytes 6.4 s; over TCP 0 to 2 ms. The broker logs
#        "Sending PUBLISH" at the start. What is published meanwhile to that subscriber waits behind it.
# Means: who sees a device on MQTT over WebSocket get a long message late should look at the broker before the link.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" 2>/dev/null; rm -rf "$dir"' EXIT
broker=
cd "$dir"
apt-get -q download mosquitto=2.0.11-1.2+deb12u2 libwebsockets17=4.1.6-3 libcjson1 libdlt2 libev4 libwrap0 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit mqtt@5.16.0 >/dev/null
printf 'allow_anonymous true\nlistener 18931 127.0.0.1\nlistener 18932 127.0.0.1\nprotocol websockets\n' >broker.conf
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu):$(echo "$dir"/root/lib/*-linux-gnu) \
  root/usr/sbin/mosquitto -c broker.conf >broker.log 2>&1 &
broker=$!
cat >measure.mjs <<'JS'
import mqtt from 'mqtt';
const subscriber = async url => {
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 200 });
  await client.subscribeAsync('t');
  return client;
};
const tcp = await subscriber('mqtt://127.0.0.1:18931');
const ws = await subscriber('ws://127.0.0.1:18932/mqtt');
const publisher = await mqtt.connectAsync('mqtt://127.0.0.1:18931');
const arrival = (client, since) => new Promise(done => client.once('message', () => done(Math.round(performance.now() - since))));
const millis = {};
for (const bytes of [1000, 4000, 8000, 64000]) {
  const since = performance.now();
  const both = Promise.all([arrival(ws, since), arrival(tcp, since)]);
  publisher.publish('t', Buffer.alloc(bytes, 0x61));
  millis[bytes] = await both;
  console.log(`${bytes} bytes: WebSocket ${millis[bytes][0]} ms, TCP ${millis[bytes][1]} ms`);
}
const [slow, quick] = millis[64000];
process.exit(slow >= 1400 && quick < 700 ? 0 : 1);
JS
timeout 60 node measure.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
