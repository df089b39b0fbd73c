#!/bin/sh
# aedes 1.2.0, MQTT 3.1.1 over TCP; mosquitto 2.0.11 (Debian 12) beside it.
#
# Guess: CONNECT and PUBLISH written together, followed by the end of the stream, are handled like any other bytes that came
#        before the end: the message is delivered. (MQTT 3.1.1 section 3.1.4 lets a client publish before it has its CONNACK.)
# Seen:  aedes accepts the CONNECT and publishes the client's Will, but never the message, not once in 20 tries. With a wait for
#        CONNACK before PUBLISH and FIN, all 20 arrive. mosquitto delivers 20 of 20 both ways.
# Means: a battery device that wakes, reports and closes at once needs the wait for CONNACK, or its reports vanish on this broker.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" 2>/dev/null; rm -rf "$dir"' EXIT
broker=
cd "$dir"
apt-get -q download mosquitto=2.0.11-1.2+deb12u2 libwebsockets17=4.1.6-3 libcjson1 libdlt2 libev4 libwrap0 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit aedes@1.2.0 mqtt@5.16.0 mqtt-packet@9.0.2 >/dev/null
printf 'allow_anonymous true\nlistener 18961 127.0.0.1\n' >broker.conf
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu):$(echo "$dir"/root/lib/*-linux-gnu) \
  root/usr/sbin/mosquitto -c broker.conf >broker.log 2>&1 &
broker=$!
cat >fin.mjs <<'JS'
import { connect, createServer } from 'node:net';
import { Aedes } from 'aedes';
import mqtt from 'mqtt';
import { generate } from 'mqtt-packet';
const aedes = createServer((await Aedes.createBroker()).handle);
await new Promise(listening => aedes.listen(18962, '127.0.0.1', listening));
const pause = millis => new Promise(done => setTimeout(done, millis));
const hello = clientId => generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId, keepalive: 60,
  will: { topic: 'will', payload: Buffer.from('gone'), qos: 0, retain: false } });
const report = generate({ cmd: 'publish', topic: 'report', payload: 'awake', qos: 0 });
const device = (port, clientId, waits) => new Promise(closed => {
  const socket = connect(port, '127.0.0.1', () => waits ? socket.write(hello(clientId)) : socket.end(Buffer.concat([hello(clientId), report])));
  if (waits) socket.once('data', () => socket.end(report));
  else socket.resume();
  socket.on('close', closed);
});
const tries = async (port, waits) => {
  const watcher = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 200 });
  await watcher.subscribeAsync('#');
  const seen = { report: 0, will: 0 };
  watcher.on('message', topic => { seen[topic]++; });
  for (let i = 0; i < 20; i++) await device(port, `device-${i}`, waits);
  await pause(500);
  await watcher.endAsync();
  return seen;
};
let same = true;
for (const [name, port, waits, reports] of [['mosquitto', 18961, false, 20], ['mosquitto', 18961, true, 20], ['aedes', 18962, false, 0], ['aedes', 18962, true, 20]]) {
  const seen = await tries(port, waits);
  console.log(`${name}, ${waits ? 'CONNACK awaited' : 'all at once'}: ${seen.report} of 20 reports, ${seen.will} wills`);
  same &&= seen.report === reports;
}
process.exit(same ? 0 : 1);
JS
timeout 60 node fin.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
