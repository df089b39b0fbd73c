#!/bin/sh
# ActiveMQ Artemis 2.55.0 (embedded, in memory), MQTT 3.1.1, topics with an IPv6 address in them. A JDK of 17 or newer, Maven, Node.js 20.
#
# Guess: a topic like devices/fe80::1/state is a topic like any other.
# Seen:  SUBSCRIBE is granted and PUBLISH gets its PUBACK, but no message whose topic holds two colons in a row reaches anyone, not the
#        subscriber of that very topic and not the one of `#`. One colon is fine. In Artemis `::` parts an address from a queue.
# Means: a device that names itself by an IPv6 address (or a type like a::b) is silent here, though its own log says "published".
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" 2>/dev/null; rm -rf "$dir"' EXIT
broker=
cd "$dir"
npm install --silent --no-fund --no-audit mqtt@5.16.0 >/dev/null
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
        config.addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:18978?protocols=MQTT");
        config.setPersistenceEnabled(false);
        config.setSecurityEnabled(false);
        config.setJMXManagementEnabled(false);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(config);
        broker.start();
    }
}
JAVA
cat >colons.mjs <<'JS'
import mqtt from 'mqtt';
const pause = millis => new Promise(done => setTimeout(done, millis));
const url = 'mqtt://127.0.0.1:18978';
let device;
for (let tries = 0; !device && tries < 100; tries++) {
  device = await mqtt.connectAsync(url).catch(() => pause(200));
}
const arrives = async (filter, topic) => {
  const watcher = await mqtt.connectAsync(url);
  let messages = 0;
  watcher.on('message', () => { messages++; });
  const [{ qos }] = await watcher.subscribeAsync(filter, { qos: 1 });
  await device.publishAsync(topic, 'on', { qos: 1 });
  await pause(1000);
  await watcher.endAsync();
  console.log(`SUBSCRIBE ${filter} (granted ${qos}), PUBLISH ${topic} (acknowledged): ${messages} messages`);
  return messages;
};
let same = true;
for (const [filter, topic, messages] of [
  ['devices/+/state', 'devices/fe80:1/state', 1],
  ['devices/+/state', 'devices/fe80::1/state', 0],
  ['devices/fe80::1/state', 'devices/fe80::1/state', 0],
  ['#', 'devices/fe80::1/state', 0],
]) same = await arrives(filter, topic) === messages && same;
await device.endAsync();
process.exit(same ? 0 : 1);
JS
mvn -q dependency:copy-dependencies -DoutputDirectory=lib
java -cp "lib/*" Broker.java >broker.log 2>&1 &
broker=$!
timeout 55 node colons.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
