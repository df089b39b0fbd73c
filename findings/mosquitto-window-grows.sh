#!/bin/sh
# mosquitto 2.0.11 (Debian 12), a subscriber at QoS 1 for which more is waiting than its window takes.
#
# Guess: no more messages are in flight than the subscriber's Receive Maximum (MQTT 5), or 20 without one, acknowledged or not.
# Seen:  so it is until the first PUBACK. Each PUBACK then lets a whole window through instead of one message: with Receive Maximum 3
#        there are 3, 5, 7, 9, 11 in flight, with 1 it stays 1, and a 3.1.1 subscriber goes from 20 to 39, 58, 77.
# Means: a device that has room for three gets all that is queued as soon as it acknowledges slower than the broker sends; one that
#        is strict closes with 0x93. Only Receive Maximum 1 is a brake, and a test with fewer messages than the window shows nothing.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" 2>/dev/null; rm -rf "$dir"' EXIT
broker=
cd "$dir"
apt-get -q download mosquitto=2.0.11-1.2+deb12u2 libwebsockets17=4.1.6-3 libcjson1 libdlt2 libev4 libwrap0 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit mqtt@5.16.0 mqtt-packet@9.0.2 >/dev/null
printf 'allow_anonymous true\nlistener 18976 127.0.0.1\n' >broker.conf
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu):$(echo "$dir"/root/lib/*-linux-gnu) \
  root/usr/sbin/mosquitto -c broker.conf >broker.log 2>&1 &
broker=$!
cat >window.mjs <<'JS'
import { connect } from 'node:net';
import mqtt from 'mqtt';
import { generate, parser } from 'mqtt-packet';
const pause = millis => new Promise(done => setTimeout(done, millis));
let publisher;
for (let tries = 0; !publisher && tries < 50; tries++) {
  publisher = await mqtt.connectAsync('mqtt://127.0.0.1:18976').catch(() => pause(200));
}
const inFlight = async (protocolVersion, properties) => {
  const socket = connect(18976, '127.0.0.1');
  const packets = parser({ protocolVersion });
  const send = packet => socket.write(generate(packet, { protocolVersion }));
  const unacknowledged = [];
  const subscribed = new Promise(done => packets.on('packet', ({ cmd, messageId }) => {
    if (cmd === 'connack') send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 1 }] });
    if (cmd === 'suback') done();
    if (cmd === 'publish') unacknowledged.push(messageId);
  }));
  socket.on('data', bytes => packets.parse(bytes));
  send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion, clean: true, clientId: 'device', keepalive: 60, properties });
  await subscribed;
  for (let i = 0; i < 90; i++) await publisher.publishAsync('t', `${i}`, { qos: 1 });
  await pause(300);
  const counts = [unacknowledged.length];
  for (let acknowledged = 0; acknowledged < 4; acknowledged++) {
    send({ cmd: 'puback', messageId: unacknowledged.shift(), reasonCode: 0 });
    await pause(300);
    counts.push(unacknowledged.length);
  }
  socket.destroy();
  return counts.join(', ');
};
let same = true;
for (const [name, version, properties, counts] of [
  ['MQTT 5, Receive Maximum 1', 5, { receiveMaximum: 1 }, '1, 1, 1, 1, 1'],
  ['MQTT 5, Receive Maximum 3', 5, { receiveMaximum: 3 }, '3, 5, 7, 9, 11'],
  ['MQTT 3.1.1', 4, undefined, '20, 39, 58, 77, 86'],
]) {
  const seen = await inFlight(version, properties);
  console.log(`${name}: ${seen} in flight, after 0 to 4 acknowledgements`);
  same &&= seen === counts;
}
await publisher.endAsync();
process.exit(same ? 0 : 1);
JS
timeout 60 node window.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
