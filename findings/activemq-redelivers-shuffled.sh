#!/bin/sh
# ActiveMQ Classic 6.3.1 (embedded), MQTT 3.1.1, a device that comes back to a kept session. A JDK of 17 or newer, Maven, Node.js 20.
#
# Guess: CONNACK says session present, and what was not acknowledged comes again with DUP in the order it was sent in ([MQTT-3.2.2-2],
#        [MQTT-4.6.0-1]), then what was published meanwhile.
# Seen:  session present is 0, although the session is there: messages come that were published while the device was away. What was not
#        acknowledged comes again topic by topic, in an order of the broker's own (of 1 to 12 on twelve topics never 1 to 12), messages
#        that were published later before earlier ones of other topics. Within one topic the order is kept.
# Means: commands that belong together (mode, then volume, then start, each on its topic) are carried out in another order after a short
#        loss of the link, and a client that throws its state away at session present 0 takes the repeats for new commands.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" 2>/dev/null; rm -rf "$dir"' EXIT
broker=''
cd "$dir"
npm install --silent --no-fund --no-audit mqtt-packet@9.0.2 >/dev/null
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencies><dependency><groupId>org.apache.activemq</groupId><artifactId>activemq-mqtt</artifactId>
<version>6.3.1</version></dependency><dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId>
<version>2.0.17</version></dependency></dependencies></project>
XML
cat >Broker.java <<'JAVA'
import org.apache.activemq.broker.BrokerService;

public class Broker {
    public static void main(String[] args) throws Exception {
        BrokerService broker = new BrokerService();
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.addConnector("mqtt://127.0.0.1:18985");
        broker.start();
        Thread.currentThread().join();
    }
}
JAVA
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath >/dev/null
java -cp "$(cat classpath)" Broker.java >broker.log 2>&1 &
broker=$!
cat >shuffled.mjs <<'JS'
import { connect } from 'node:net';
import { generate, parser } from 'mqtt-packet';
const pause = millis => new Promise(done => setTimeout(done, millis));
const client = (clientId, acknowledges) => new Promise((done, refused) => {
  const socket = connect(18985, '127.0.0.1').on('error', refused);
  const packets = parser();
  const self = { received: [], leave: () => socket.destroy(), send: packet => socket.write(generate(packet)) };
  packets.on('packet', packet => {
    if (packet.cmd === 'connack') done(Object.assign(self, { present: packet.sessionPresent }));
    if (packet.cmd !== 'publish') return;
    self.received.push(packet);
    if (acknowledges) self.send({ cmd: 'puback', messageId: packet.messageId });
  });
  socket.on('data', bytes => packets.parse(bytes));
  self.send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: false, clientId, keepalive: 60 });
});
let server;
for (let tries = 0; !server && tries < 100; tries++) server = await client('server').catch(() => pause(300));
const publish = (topic, number) => server.send({ cmd: 'publish', topic, payload: `${number}`, qos: 1, messageId: number });
const session = async (name, topic) => {
  const first = await client(name, false);
  first.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: `${name}/#`, qos: 1 }] });
  await pause(500);
  for (let number = 1; number <= 12; number++) publish(topic(number), number);
  await pause(1000);
  first.leave();
  await pause(500);
  for (let number = 13; number <= 15; number++) publish(topic(number - 12), number);
  await pause(500);
  const back = await client(name, true);
  await pause(1500);
  const numbers = list => list.map(packet => `${packet.payload}${packet.dup ? 'D' : ''}`).join(' ');
  console.log(`${name}: sent ${numbers(first.received)}; back, session present ${back.present}: ${numbers(back.received)}`);
  const again = back.received.filter(packet => packet.dup).map(packet => Number(packet.payload));
  return { present: back.present, sorted: again.every((number, i) => number === i + 1), repeated: again.length, all: back.received.length };
};
const many = await session('many', number => `many/${number}`);
const one = await session('one', () => 'one/x');
process.exit(!many.present && !many.sorted && !one.present && one.sorted && [many, one].every(each => each.repeated === 12 && each.all === 15) ? 0 : 1);
JS
timeout 120 node shuffled.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
