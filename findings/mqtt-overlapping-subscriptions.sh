#!/bin/sh
# mosquitto 2.0.11 (Debian 12) and aedes 1.2.0, MQTT 3.1.1, one client with two or three subscriptions that match one topic.
#
# Guess: a message published at QoS 1 comes at the highest QoS of the subscriptions that match it (MQTT 3.1.1, [MQTT-3.3.5-1]).
# Seen:  mosquitto sends one copy at the QoS of the filter without wildcards, also where a wildcard asked for more, in
#        whatever order they were made; aedes sends one copy at the lowest QoS of all that match.
# Means: a device that adds a QoS 0 subscription beside its QoS 1 wildcard loses the acknowledged delivery of that topic, and
#        a command sent while its link is down is lost, though SUBACK granted QoS 1.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" 2>/dev/null; rm -rf "$dir"' EXIT
broker=
cd "$dir"
apt-get -q download mosquitto=2.0.11-1.2+deb12u2 libwebsockets17=4.1.6-3 libcjson1 libdlt2 libev4 libwrap0 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit aedes@1.2.0 mqtt@5.16.0 >/dev/null
printf 'allow_anonymous true\nlistener 18951 127.0.0.1\n' >broker.conf
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu):$(echo "$dir"/root/lib/*-linux-gnu) \
  root/usr/sbin/mosquitto -c broker.conf >broker.log 2>&1 &
broker=$!
cat >overlap.mjs <<'JS'
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import mqtt from 'mqtt';
const aedes = createServer((await Aedes.createBroker()).handle);
await new Promise(listening => aedes.listen(18952, '127.0.0.1', listening));
const pause = millis => new Promise(done => setTimeout(done, millis));
const delivered = async (port, filters) => {
  const url = `mqtt://127.0.0.1:${port}`;
  const device = await mqtt.connectAsync(url, { reconnectPeriod: 200 });
  const copies = [];
  device.on('message', (topic, payload, packet) => copies.push(packet.qos));
  for (const [filter, qos] of filters) await device.subscribeAsync(filter, { qos });
  const publisher = await mqtt.connectAsync(url);
  await publisher.publishAsync('door/cmd', 'open', { qos: 1 });
  await pause(500);
  await Promise.all([device.endAsync(), publisher.endAsync()]);
  return copies.join();
};
const cases = [
  [[['door/#', 1], ['door/cmd', 0]], '0', '0'],
  [[['door/cmd', 0], ['door/#', 1]], '0', '0'],
  [[['door/#', 0], ['door/cmd', 1]], '1', '0'],
];
let same = true;
for (const [filters, ofMosquitto, ofAedes] of cases) {
  const [first, second] = [await delivered(18951, filters), await delivered(18952, filters)];
  console.log(`${filters.map(f => f.join(' at QoS ')).join(', ')}: mosquitto QoS ${first}, aedes QoS ${second}`);
  same &&= first === ofMosquitto && second === ofAedes;
}
process.exit(same ? 0 : 1);
JS
timeout 60 node overlap.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
