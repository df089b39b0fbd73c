#!/bin/sh
# MQTT 5 clients: MQTT.js 5.16.0, paho-mqtt 1.6.1 (Debian 12), HiveMQ's 1.3.13, Paho Java 1.2.5. Node.js 20 or newer, Python 3, a JDK, Maven.
#
# Guess: a client keeps what the broker's CONNACK announces: Receive Maximum, Maximum Packet Size, Maximum QoS, Retain Available; what does
#        not fit is held back, or refused by the call that publishes.
# Seen:  with Receive Maximum 2, Maximum Packet Size 200, Maximum QoS 1 and Retain Available 0, MQTT.js sends 6 messages at once, one of
#        over 400 bytes, one of QoS 2 and one with RETAIN; paho-mqtt does the same. HiveMQ's client keeps the first two and sends QoS 2 and
#        RETAIN. Paho Java sends the large one, and takes QoS 2 down to 1 and RETAIN away without a word.
# Means: a broker may close for each of these (0x93, 0x95, 0x9B, 0x9A), and the client comes back and does it again. A device's limits in
#        CONNACK protect nobody from these clients; look at the limits in the application.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get -q download python3-paho-mqtt=1.6.1-1 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit mqtt@5.16.0 mqtt-packet@9.0.2 >/dev/null
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencies>
<dependency><groupId>com.hivemq</groupId><artifactId>hivemq-mqtt-client</artifactId><version>1.3.13</version></dependency>
<dependency><groupId>org.eclipse.paho</groupId><artifactId>org.eclipse.paho.mqttv5.client</artifactId><version>1.2.5</version></dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency></dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat >mqttjs.mjs <<'JS'
import mqtt from 'mqtt';
const client = mqtt.connect(`mqtt://127.0.0.1:${process.argv[2]}`, { protocolVersion: 5, reconnectPeriod: 0 });
client.on('error', () => {});
client.on('connect', () => {
  for (let i = 0; i < 6; i++) client.publish('small', 'x', { qos: 1 });
  client.publish('large', 'x'.repeat(400), { qos: 0 });
  client.publish('twice', 'x', { qos: 2 });
  client.publish('kept', 'x', { qos: 0, retain: true });
});
JS
cat >paho.py <<'PY'
import sys
sys.path.insert(0, 'root/usr/lib/python3/dist-packages')
import paho.mqtt.client as mqtt
def connected(client, *rest):
    for i in range(6):
        client.publish('small', 'x', qos=1)
    client.publish('large', 'x' * 400, qos=0)
    client.publish('twice', 'x', qos=2)
    client.publish('kept', 'x', qos=0, retain=True)
client = mqtt.Client(client_id='paho', protocol=mqtt.MQTTv5)
client.on_connect = connected
client.connect('127.0.0.1', int(sys.argv[1]))
client.loop_forever()
PY
cat >Hive.java <<'JAVA'
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.*;
public class Hive {
    static Mqtt5AsyncClient client;
    static void publish(String topic, int bytes, MqttQos qos, boolean retain) {
        client.publishWith().topic(topic).payload("x".repeat(bytes).getBytes()).qos(qos).retain(retain).send();
    }
    public static void main(String[] port) throws Exception {
        client = Mqtt5Client.builder().identifier("hive").serverHost("127.0.0.1").serverPort(Integer.parseInt(port[0])).buildAsync();
        client.connect().get();
        publish("large", 400, MqttQos.AT_MOST_ONCE, false);
        publish("kept", 1, MqttQos.AT_MOST_ONCE, true);
        publish("twice", 1, MqttQos.EXACTLY_ONCE, false);
        for (int i = 0; i < 6; i++) publish("small", 1, MqttQos.AT_LEAST_ONCE, false);
    }
}
JAVA
cat >Paho.java <<'JAVA'
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
public class Paho {
    public static void main(String[] port) throws Exception {
        MqttAsyncClient client = new MqttAsyncClient("tcp://127.0.0.1:" + port[0], "paho", null);
        client.connect().waitForCompletion();
        client.publish("large", "x".repeat(400).getBytes(), 0, false);
        client.publish("kept", "x".getBytes(), 0, true);
        client.publish("twice", "x".getBytes(), 2, false);
        try {
            for (int i = 0; i < 6; i++) client.publish("small", "x".getBytes(), 1, false);
        } catch (org.eclipse.paho.mqttv5.common.MqttException tooMany) {
            System.err.println(tooMany.getMessage()); // the call says so: that is as guessed
        }
    }
}
JAVA
javac -cp 'lib/*' Hive.java Paho.java
cat >broker.mjs <<'JS'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import mqttPacket from 'mqtt-packet';
const limits = { receiveMaximum: 2, maximumPacketSize: 200, maximumQoS: 1, retainAvailable: false };
const pause = millis => new Promise(done => setTimeout(done, millis));
// a broker that announces its limits, acknowledges nothing, and counts
const seenOf = async command => {
  const seen = { inFlight: 0, large: 'no', qos: 'none', retain: 'none' };
  let last = 0;
  const server = createServer(socket => {
    const parser = mqttPacket.parser({ protocolVersion: 5 });
    parser.on('packet', packet => {
      last = Date.now();
      if (packet.cmd === 'connect') {
        socket.write(mqttPacket.generate({ cmd: 'connack', reasonCode: 0, sessionPresent: false, properties: limits },
          { protocolVersion: 5 }));
      } else if (packet.cmd === 'publish') {
        if (packet.qos > 0) seen.inFlight++;
        if (packet.topic === 'large') seen.large = 'sent';
        if (packet.topic === 'twice') seen.qos = packet.qos;
        if (packet.topic === 'kept') seen.retain = packet.retain;
      }
    });
    socket.on('data', bytes => parser.parse(bytes));
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = spawn(command[0], [...command.slice(1), String(server.address().port)], { stdio: 'ignore' });
  const started = Date.now();
  while (Date.now() - started < 60_000 && (last === 0 || Date.now() - last < 3000)) await pause(100);
  client.kill('SIGKILL');
  server.close();
  return `in flight ${seen.inFlight}, 400 bytes ${seen.large}, QoS 2 as ${seen.qos}, RETAIN as ${seen.retain}`;
};
const java = main => ['java', '-cp', 'lib/*:.', main];
const expected = {
  'MQTT.js': [['node', 'mqttjs.mjs'], 'in flight 7, 400 bytes sent, QoS 2 as 2, RETAIN as true'],
  'paho-mqtt': [['python3', 'paho.py'], 'in flight 7, 400 bytes sent, QoS 2 as 2, RETAIN as true'],
  HiveMQ: [java('Hive'), 'in flight 2, 400 bytes no, QoS 2 as 2, RETAIN as true'],
  'Paho Java': [java('Paho'), 'in flight 2, 400 bytes sent, QoS 2 as 1, RETAIN as false'],
};
for (const [name, [command, behaviour]] of Object.entries(expected)) {
  const seen = await seenOf(command);
  console.log(`${name}: ${seen}`);
  if (seen !== behaviour) {
    console.log('  another behaviour than described');
    process.exitCode = 1;
  }
}
process.exit();
JS
node broker.mjs
