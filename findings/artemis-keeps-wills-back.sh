#!/bin/sh
# ActiveMQ Artemis 2.55.0 (embedded, in memory), MQTT 5. A JDK of 17 or newer, Maven, Node.js 20.
#
# Guess: the Will is published at every end of a connection but DISCONNECT 0x00: when the socket closes, at DISCONNECT 0x04 (with Will
#        Message), and when the same client identifier connects again.
# Seen:  only when the socket closes. DISCONNECT 0x04 and a take-over (where the old connection gets DISCONNECT 0x8E) publish none.
# Means: a device that restarts without closing its socket, the usual case, is never reported gone: its new connection takes the old
#        one over. Whoever counts restarts by Wills sees none on this broker.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" 2>/dev/null; rm -rf "$dir"' EXIT
broker=
cd "$dir"
npm install --silent --no-fund --no-audit mqtt@5.16.0 mqtt-packet@9.0.2 >/dev/null
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencies>
<dependency><groupId>org.apache.activemq</groupId><artifactId>artemis-server</artifactId><version>2.55.0</version></dependency>
<dependency><groupId>org.apache.activemq</groupId><artifactId>artemis-mqtt-protocol</artifactId><version>2.55.0</version></dependency>
</dependencies></project>
XML
cat >Broker.java <<'JAVA'
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

public class Broker {
    public static void main(String[] args) throws Exception {
        ConfigurationImpl config = new ConfigurationImpl();
        config.addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:18979?protocols=MQTT");
        config.setPersistenceEnabled(false);
        config.setSecurityEnabled(false);
        config.setJMXManagementEnabled(false);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(config);
        broker.start();
    }
}
JAVA
cat >wills.mjs <<'JS'
import { connect } from 'node:net';
import mqtt from 'mqtt';
import { generate, parser } from 'mqtt-packet';
const pause = millis => new Promise(done => setTimeout(done, millis));
const version = { protocolVersion: 5 };
let watcher;
for (let tries = 0; !watcher && tries < 100; tries++) {
  watcher = await mqtt.connectAsync('mqtt://127.0.0.1:18979', version).catch(() => pause(200));
}
let wills = 0;
watcher.on('message', () => { wills++; });
await watcher.subscribeAsync('gone');
const device = () => new Promise(ready => {
  const socket = connect(18979, '127.0.0.1');
  const packets = parser(version);
  const send = packet => socket.write(generate(packet, version));
  const opened = { socket, send, ended: 'nothing' };
  packets.on('packet', ({ cmd, reasonCode }) => {
    if (cmd === 'connack') ready(opened);
    else opened.ended = `${cmd} 0x${reasonCode.toString(16)}`;
  });
  socket.on('data', bytes => packets.parse(bytes));
  send({ cmd: 'connect', protocolId: 'MQTT', ...version, clean: true, clientId: 'device', keepalive: 60,
    will: { topic: 'gone', payload: Buffer.from('device'), qos: 0, retain: false } });
});
let same = true;
for (const [name, end, expected] of [
  ['socket closed', async first => first.socket.destroy(), 1],
  ['DISCONNECT 0x00', async first => first.send({ cmd: 'disconnect', reasonCode: 0 }), 0],
  ['DISCONNECT 0x04', async first => first.send({ cmd: 'disconnect', reasonCode: 4 }), 0],
  ['taken over', async () => (await device()).send({ cmd: 'disconnect', reasonCode: 0 }), 0],
]) {
  wills = 0;
  const first = await device();
  await end(first);
  await pause(1500);
  first.socket.destroy();
  await pause(500);
  console.log(`${name}: ${wills} Wills, the device got ${first.ended}`);
  same &&= wills === expected;
}
await watcher.endAsync();
process.exit(same ? 0 : 1);
JS
mvn -q dependency:copy-dependencies -DoutputDirectory=lib
java -cp "lib/*" Broker.java >broker.log 2>&1 &
broker=$!
timeout 55 node wills.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
