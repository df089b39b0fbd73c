#!/bin/sh
# Moquette 0.17 (embedded), MQTT 3.1.1; aedes 1.2.0 beside it. A JDK of 17 or newer, Maven, Node.js 20.
#
# Guess: a retained status is there for a late subscriber whatever QoS it was published with, the newest in place of the one before, and
#        comes with RETAIN set, so that it is told from a live one ([MQTT-3.3.1-5], [MQTT-3.3.1-8]).
# Seen:  Moquette keeps what was published with QoS 1 and 2 alone. A retained publish of QoS 0 is kept nowhere, and removes what was
#        retained there; a retained Will of QoS 1 goes to who is there, and is not kept. RETAIN is set for a subscriber of QoS 0, and not
#        for one of QoS 1: the old status looks live. aedes does as guessed.
# Means: firmware whose status or Will is retained with QoS 0 (as most is) is unknown to whoever subscribes later; a dashboard that asks
#        for QoS 1 shows a device as just heard that went away days ago.
set -eu
dir=$(mktemp -d)
trap 'kill "$moquette" 2>/dev/null; rm -rf "$dir"' EXIT
moquette=''
cd "$dir"
npm install --silent --no-fund --no-audit mqtt@5.16.0 aedes@1.2.0 >/dev/null
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencies><dependency><groupId>io.moquette</groupId><artifactId>moquette-broker</artifactId>
<version>0.17</version></dependency></dependencies></project>
XML
cat >Broker.java <<'JAVA'
import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import java.util.Properties;

public class Broker {
    public static void main(String[] args) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("host", "127.0.0.1");
        settings.setProperty("port", "18983");
        settings.setProperty("allow_anonymous", "true");
        settings.setProperty("persistence_enabled", "false");
        settings.setProperty("telemetry_enabled", "false");
        new Server().startServer(new MemoryConfig(settings));
        Thread.currentThread().join();
    }
}
JAVA
cat >retained.mjs <<'JS'
import net from 'node:net';
import mqtt from 'mqtt';
import { Aedes } from 'aedes';

const pause = millis => new Promise(done => setTimeout(done, millis));
const aedes = await Aedes.createBroker();
const server = net.createServer(aedes.handle);
await new Promise(done => server.listen(18984, '127.0.0.1', done));

const client = async (port, options) => {
  for (let tries = 0; tries < 200; tries++) {
    const one = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0, ...options }).catch(() => pause(200));
    if (one) return one;
  }
  throw new Error('no broker');
};
const late = async (port, topic, qos) => {
  const seen = [];
  const one = await client(port);
  one.on('message', (name, payload, packet) => seen.push(`${payload} with RETAIN ${packet.retain ? 1 : 0}`));
  await one.subscribeAsync(topic, { qos });
  await pause(700);
  await one.endAsync();
  return seen.join(', ') || 'nothing';
};
const story = async port => {
  while (await late(port, 'started', 0).catch(() => 'closed') === 'closed'); // one that still starts drops its first clients
  const device = await client(port);
  const publish = (topic, text, qos) => device.publishAsync(topic, text, { qos, retain: true });
  await publish('door/status', 'online', 1);
  const seen = [await late(port, 'door/status', 0), await late(port, 'door/status', 1)];
  await publish('door/status', 'offline', 0);
  await pause(300);
  seen.push(await late(port, 'door/status', 1));
  const will = { topic: 'gate/status', payload: 'gone', qos: 1, retain: true };
  const gate = await client(port, { will });
  gate.stream.destroy();
  await pause(700);
  seen.push(await late(port, 'gate/status', 0));
  await device.endAsync();
  return seen;
};
const expected = {
  aedes: ['online with RETAIN 1', 'online with RETAIN 1', 'offline with RETAIN 1', 'gone with RETAIN 1'],
  Moquette: ['online with RETAIN 1', 'online with RETAIN 0', 'nothing', 'nothing'],
};
let same = true;
for (const [name, port] of [['aedes', 18984], ['Moquette', 18983]]) {
  const seen = await story(port);
  console.log(`${name}: retained "online" of QoS 1 comes to QoS 0 as ${seen[0]}, to QoS 1 as ${seen[1]};`
    + ` after a retained "offline" of QoS 0 there is ${seen[2]}; of a retained Will there is ${seen[3]}`);
  same &&= JSON.stringify(seen) === JSON.stringify(expected[name]);
}
process.exit(same ? 0 : 1);
JS
mvn -q dependency:copy-dependencies -DoutputDirectory=lib
java -XX:TieredStopAtLevel=1 -cp "lib/*" Broker.java >moquette.log 2>&1 &
moquette=$!
timeout 55 node retained.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
