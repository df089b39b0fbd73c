#!/bin/sh
# mosquitto 2.0.11 (Debian 12), MQTT 5, Will Delay Interval and Session Expiry Interval; MQTT.js 5.16.0, mqtt-packet 9.0.2 (npm, Node.js 20).
#
# Guess: the Will comes when the delay is over or the session ends, whichever is first (3.1.3.2.2): with a session that ends with its
#        connection (Session Expiry Interval 0, or none) at once, whatever the delay.
# Seen:  with a session of 2 s and a delay of 12 s it comes after 2 s; with a session of 0 it comes after the whole delay.
# Means: a device that gives its Will a delay so that short losses are not told, and keeps no session, is told so late though
#        it has lost all; and what a test finds out with a short session does not hold for none.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" 2>/dev/null; rm -rf "$dir"' EXIT
broker=
cd "$dir"
apt-get -q download mosquitto=2.0.11-1.2+deb12u2 libwebsockets17=4.1.6-3 libcjson1 libdlt2 libev4 libwrap0 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit mqtt@5.16.0 mqtt-packet@9.0.2 >/dev/null
printf 'allow_anonymous true\nlistener 18967 127.0.0.1\n' >broker.conf
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu):$(echo "$dir"/root/lib/*-linux-gnu) \
  root/usr/sbin/mosquitto -c broker.conf >broker.log 2>&1 &
broker=$!
sleep 2
cat >wills.mjs <<'JS'
import { connect } from 'node:net';
import mqtt from 'mqtt';
import mqttPacket from 'mqtt-packet';
const pause = millis => new Promise(done => setTimeout(done, millis));
const watcher = await mqtt.connectAsync('mqtt://127.0.0.1:18967', { protocolVersion: 5 });
await watcher.subscribeAsync('#');
const heard = {};
watcher.on('message', topic => { heard[topic] = performance.now(); });
const gone = async (clientId, sessionExpiryInterval, willDelayInterval) => {
  const device = connect(18967, '127.0.0.1');
  device.write(mqttPacket.generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clientId, clean: true, keepalive: 60,
    properties: { sessionExpiryInterval },
    will: { topic: clientId, payload: Buffer.from('gone'), qos: 0, retain: false, properties: { willDelayInterval } } },
  { protocolVersion: 5 }));
  await new Promise(done => device.once('data', done));
  device.destroy();
  return performance.now();
};
const short = await gone('short', 2, 12);
const none = await gone('none', 0, 12);
await pause(16_000);
const seconds = (topic, since) => heard[topic] === undefined ? Infinity : (heard[topic] - since) / 1000;
const [ofShort, ofNone] = [seconds('short', short), seconds('none', none)];
console.log(`session of 2 s: the Will after ${ofShort.toFixed(1)} s; of 0 s: after ${ofNone.toFixed(1)} s`);
if (ofShort > 8 || ofNone < 11) {
  console.log('another behaviour than described');
  process.exitCode = 1;
}
process.exit();
JS
timeout 60 node wills.mjs
