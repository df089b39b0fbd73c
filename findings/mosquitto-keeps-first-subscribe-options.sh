#!/bin/sh
# mosquitto 2.0.11 (Debian 12), MQTT 5, a subscription that is made a second time with other options.
#
# Guess: the second SUBSCRIBE of a filter replaces the first with all that it says ([MQTT-3.8.4-3]).
# Seen:  QoS and Subscription Identifier are taken over, No Local and Retain As Published are not, in neither direction, and SUBACK grants
#        it all the same. Only UNSUBSCRIBE in between, or a new session, changes them.
# Means: a device with a persistent session keeps hearing its own messages after the update that sets No Local, and a device with a new
#        session does not: the same firmware behaves in two ways on one broker.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" 2>/dev/null; rm -rf "$dir"' EXIT
broker=
cd "$dir"
apt-get -q download mosquitto=2.0.11-1.2+deb12u2 libwebsockets17=4.1.6-3 libcjson1 libdlt2 libev4 libwrap0 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit mqtt@5.16.0 mqtt-packet@9.0.2 >/dev/null
printf 'allow_anonymous true\nlistener 18983 127.0.0.1\n' >broker.conf
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu):$(echo "$dir"/root/lib/*-linux-gnu) \
  root/usr/sbin/mosquitto -c broker.conf >broker.log 2>&1 &
broker=$!
cat >options.mjs <<'JS'
import { connect } from 'node:net';
import mqtt from 'mqtt';
import { generate, parser } from 'mqtt-packet';
const pause = millis => new Promise(done => setTimeout(done, millis));
const version = { protocolVersion: 5 };
let other;
for (let tries = 0; !other && tries < 50; tries++) {
  other = await mqtt.connectAsync('mqtt://127.0.0.1:18983', version).catch(() => pause(200));
}
const plain = { qos: 0, nl: false, rap: false };
const special = { qos: 1, nl: true, rap: true };
// The device subscribes to t once per entry of steps (the entry's place is the Subscription Identifier), or unsubscribes where it is null.
const delivered = (...steps) => new Promise(done => {
  const socket = connect(18983, '127.0.0.1');
  const packets = parser(version);
  const send = packet => socket.write(generate(packet, version));
  const seen = [];
  let step = 0;
  packets.on('packet', async ({ cmd, payload, qos, retain, properties: received }) => {
    if (cmd === 'publish') seen.push(`${payload} (QoS ${qos}, retain ${retain ? 1 : 0}, identifier ${received.subscriptionIdentifier})`);
    else if (step < steps.length) {
      const subscription = steps[step++];
      const properties = { subscriptionIdentifier: step };
      if (subscription) send({ cmd: 'subscribe', messageId: step, subscriptions: [{ topic: 't', ...subscription }], properties });
      else send({ cmd: 'unsubscribe', messageId: step, unsubscriptions: ['t'] });
    } else {
      send({ cmd: 'publish', topic: 't', payload: 'own', qos: 0, retain: false });
      await pause(200);
      await other.publishAsync('t', 'other', { qos: 1, retain: true });
      await pause(300);
      await other.publishAsync('t', '', { qos: 1, retain: true });
      socket.destroy();
      done(seen.slice(0, -1).join(', '));
    }
  });
  socket.on('data', bytes => packets.parse(bytes));
  send({ cmd: 'connect', protocolId: 'MQTT', ...version, clean: true, clientId: 'device', keepalive: 60 });
});
let same = true;
for (const [name, steps, expected] of [
  ['No Local and Retain As Published at once', [special], 'other (QoS 1, retain 1, identifier 1)'],
  ['only in the second SUBSCRIBE', [plain, special], 'own (QoS 0, retain 0, identifier 2), other (QoS 1, retain 0, identifier 2)'],
  ['UNSUBSCRIBE between', [plain, null, special], 'other (QoS 1, retain 1, identifier 3)'],
  ['taken back by the second SUBSCRIBE', [special, plain], 'other (QoS 0, retain 1, identifier 2)'],
]) {
  const seen = await delivered(...steps);
  console.log(`${name}: ${seen}`);
  same &&= seen === expected;
}
await other.endAsync();
process.exit(same ? 0 : 1);
JS
timeout 60 node options.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
