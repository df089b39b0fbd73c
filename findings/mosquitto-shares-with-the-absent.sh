#!/bin/sh
# mosquitto 2.0.11 (Debian 12), MQTT 5, a shared subscription at QoS 1 of two workers that keep their sessions; MQTT.js 5.16.0 (npm, Node.js 20).
#
# Guess: while one worker is away, the other gets all messages: that is what a group is for.
# Seen:  the broker goes on in turns. Every second message waits for the worker that is away, and is lost when its session expires, though
#        the other one is connected and idle (it must not be given to another then, [MQTT-4.8.2-5]).
# Means: a gateway that is restarted with a fixed client id delays half of all readings until it is back, and one that is taken away for
#        good loses them. Workers of a group are better off with Session Expiry 0.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" 2>/dev/null; rm -rf "$dir"' EXIT
broker=
cd "$dir"
apt-get -q download mosquitto=2.0.11-1.2+deb12u2 libwebsockets17=4.1.6-3 libcjson1 libdlt2 libev4 libwrap0 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit mqtt@5.16.0 >/dev/null
printf 'allow_anonymous true\nlistener 18965 127.0.0.1\n' >broker.conf
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu):$(echo "$dir"/root/lib/*-linux-gnu) \
  root/usr/sbin/mosquitto -c broker.conf >broker.log 2>&1 &
broker=$!
sleep 2
cat >share.mjs <<'JS'
import mqtt from 'mqtt';
const pause = millis => new Promise(done => setTimeout(done, millis));
const connect = (clientId, sessionExpiryInterval) => new Promise(done => {
  const client = mqtt.connect('mqtt://127.0.0.1:18965',
    { protocolVersion: 5, clean: false, clientId, properties: { sessionExpiryInterval }, reconnectPeriod: 0 });
  client.got = [];
  client.on('message', (topic, message) => client.got.push(String(message)));
  client.on('connect', () => done(client));
});
const publisher = await connect('publisher', 0);
const publish = async () => {
  for (let i = 1; i <= 10; i++) await publisher.publishAsync('readings', String(i), { qos: 1 });
  await pause(1000);
};
const here = await connect('here', 100);
const away = await connect('away', 4);
await here.subscribeAsync('$share/workers/readings', { qos: 1 });
await away.subscribeAsync('$share/workers/readings', { qos: 1 });
await away.endAsync();
await publish();
const meanwhile = here.got.length;
const back = await connect('away', 4);
await pause(1000);
const late = back.got.length;
await back.endAsync();
here.got.length = 0;
await publish();
await pause(8000);
const again = await connect('away', 4);
await pause(1000);
const seen = `meanwhile ${meanwhile} of 10, kept for the other ${late}; of 10 more ${here.got.length}, `
  + `and after the other's session has expired ${here.got.length + again.got.length}`;
console.log(seen);
if (seen !== "meanwhile 5 of 10, kept for the other 5; of 10 more 5, and after the other's session has expired 5") {
  console.log('another behaviour than described');
  process.exitCode = 1;
}
process.exit();
JS
timeout 60 node share.mjs
