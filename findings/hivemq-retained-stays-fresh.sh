#!/bin/sh
# HiveMQ CE 2025.5 (embedded), MQTT 5; mosquitto 2.0.11 (Debian 12) beside it. A JDK of 17 or newer, Maven, Node.js 20.
#
# Guess: a retained message with Message Expiry Interval 60 comes to a later subscriber with what is left of it ([MQTT-3.3.2-6]).
# Seen:  HiveMQ hands it out with the full 60 again to each subscriber, until it is gone. A message that waits in the queue of an offline
#        session is counted down there, as both are by mosquitto.
# Means: a device that takes over a retained command late believes it fresh, and keeps it up to twice as long as was meant.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" "$hivemq" 2>/dev/null; rm -rf "$dir"' EXIT
broker='' hivemq=''
cd "$dir"
apt-get -q download mosquitto=2.0.11-1.2+deb12u2 libwebsockets17=4.1.6-3 libcjson1 libdlt2 libev4 libwrap0 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit mqtt@5.16.0 >/dev/null
printf 'allow_anonymous true\nlistener 18981 127.0.0.1\n' >broker.conf
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu):$(echo "$dir"/root/lib/*-linux-gnu) \
  root/usr/sbin/mosquitto -c broker.conf >broker.log 2>&1 &
broker=$!
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencies><dependency><groupId>com.hivemq</groupId><artifactId>hivemq-community-edition-embedded</artifactId>
<version>2025.5</version></dependency></dependencies></project>
XML
mkdir conf data extensions
cat >conf/config.xml <<'XML'
<hivemq><listeners><tcp-listener><port>18982</port><bind-address>127.0.0.1</bind-address></tcp-listener></listeners>
<persistence><mode>in-memory</mode></persistence><anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics></hivemq>
XML
cat >Broker.java <<'JAVA'
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.nio.file.Path;

public class Broker {
    public static void main(String[] args) {
        EmbeddedHiveMQ.builder().withConfigurationFolder(Path.of("conf")).withDataFolder(Path.of("data"))
                .withExtensionsFolder(Path.of("extensions")).build().start().join();
    }
}
JAVA
cat >expiry.mjs <<'JS'
import mqtt from 'mqtt';
const pause = millis => new Promise(done => setTimeout(done, millis));
const seconds = async port => {
  const url = `mqtt://127.0.0.1:${port}`;
  const options = { protocolVersion: 5 };
  let publisher;
  for (let tries = 0; !publisher && tries < 200; tries++) {
    publisher = await mqtt.connectAsync(url, options).catch(() => pause(200));
  }
  const sleeper = { ...options, clientId: 'sleeper', properties: { sessionExpiryInterval: 100 } };
  const asleep = await mqtt.connectAsync(url, { ...sleeper, clean: true });
  await asleep.subscribeAsync('queued', { qos: 1 });
  await asleep.endAsync();
  const message = { qos: 1, properties: { messageExpiryInterval: 60 } };
  await publisher.publishAsync('queued', 'x', message);
  await publisher.publishAsync('retained', 'x', { ...message, retain: true });
  await pause(3500);
  const seen = {};
  const note = (topic, payload, { properties }) => { seen[topic] = properties.messageExpiryInterval; };
  const awake = mqtt.connect(url, { ...sleeper, clean: false }).on('message', note);
  const late = await mqtt.connectAsync(url, options);
  late.on('message', note);
  await late.subscribeAsync('retained', { qos: 1 });
  await pause(1000);
  await Promise.all([awake, late, publisher].map(client => client.endAsync()));
  return seen;
};
let same = true;
for (const [name, port, fresh] of [['mosquitto', 18981, false], ['HiveMQ', 18982, true]]) {
  const { queued, retained } = await seconds(port);
  console.log(`${name}, 3 s after "expires in 60 s": queued says ${queued} s, retained ${retained} s`);
  same &&= queued < 60 && (fresh ? retained === 60 : retained < 60);
}
process.exit(same ? 0 : 1);
JS
mvn -q dependency:copy-dependencies -DoutputDirectory=lib
java -XX:TieredStopAtLevel=1 -cp "lib/*" Broker.java >hivemq.log 2>&1 &
hivemq=$!
timeout 55 node expiry.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
