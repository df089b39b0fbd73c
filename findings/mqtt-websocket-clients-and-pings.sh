#!/bin/sh
# MQTT over WebSocket: Paho Java 1.2.5 (for MQTT 3.1.1 and for 5), paho-mqtt 1.6.1 and Paho C 1.3.12 (Debian 12), MQTT.js 5.16.0 beside them, at
# a server of ws 8.23.0. Python 3, a JDK, Maven, a C compiler, Node.js 20 or newer.
#
# Guess: a client answers the server's ping with a pong, and reads a message that comes in two fragments: its WebSocket layer has to, and
#        MQTT allows any cut (MQTT 5, 6.0).
# Seen:  each Paho brings a WebSocket of its own. Both of Java hang up at the first ping, and at the first fragment (here before CONNACK).
#        paho-mqtt sends its pong without a mask, for which ws closes with 1002; fragments it reads. Paho C answers pings, and gives up at
#        a CONNACK in two fragments. MQTT.js does both.
# Means: behind a server or proxy that pings (ws' own example does, each 30 s) a Paho client reconnects for ever, and its log says EOF or
#        nothing. Switch the server's WebSocket pings off and rely on MQTT's own, or use TCP.
set -eu
dir=$(mktemp -d)
trap 'kill "$server" 2>/dev/null; rm -rf "$dir"' EXIT
server=
cd "$dir"
apt-get -q download python3-paho-mqtt=1.6.1-1 libpaho-mqtt1.3=1.3.12-1 libpaho-mqtt-dev=1.3.12-1 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit ws@8.23.0 mqtt@5.16.0 >/dev/null
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencies>
<dependency><groupId>org.eclipse.paho</groupId><artifactId>org.eclipse.paho.client.mqttv3</artifactId><version>1.2.5</version></dependency>
<dependency><groupId>org.eclipse.paho</groupId><artifactId>org.eclipse.paho.mqttv5.client</artifactId><version>1.2.5</version></dependency>
</dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat >server.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import { WebSocketServer } from 'ws';
const server = new WebSocketServer({ host: '127.0.0.1', port: 18975, handleProtocols: () => 'mqtt' });
server.on('connection', (socket, request) => {
  const note = what => writeFileSync('seen', `${what} `);
  socket.on('pong', bytes => note(`pong ${bytes}`));
  socket.on('error', error => error.code === 'WS_ERR_EXPECTED_MASK' && note('unmasked'));
  let got = Buffer.alloc(0);
  socket.on('message', bytes => {
    got = Buffer.concat([got, bytes]);
    if (got[0] !== 0x10 || got.length < 2 + got[1]) return;
    const answer = Buffer.from(got[8] === 5 ? [0x20, 3, 0, 0, 0] : [0x20, 2, 0, 0]);
    got = Buffer.alloc(0);
    if (request.url === '/ping') socket.ping('here?');
    if (request.url !== '/fragments') return socket.send(answer);
    socket.send(answer.subarray(0, 2), { binary: true, fin: false });
    socket.send(answer.subarray(2), { binary: true, fin: true });
  });
});
JS
node server.mjs &
server=$!
cat >Three.java <<'JAVA'
import org.eclipse.paho.client.mqttv3.*;
public class Three {
    public static void main(String[] path) throws Exception {
        MqttClient client = new MqttClient("ws://127.0.0.1:18975" + path[0], "three", null);
        try {
            client.connect();
            Thread.sleep(1000);
        } catch (MqttException gone) {
            // Said below.
        }
        System.out.print(client.isConnected() ? "connected" : "lost");
        System.exit(0);
    }
}
JAVA
sed 's/org.eclipse.paho.client.mqttv3/org.eclipse.paho.mqttv5.client/; s/Three/Five/; s/MqttException/org.eclipse.paho.mqttv5.common.MqttException/' \
  Three.java >Five.java
javac -cp 'lib/*' Three.java Five.java
cat >paho.py <<'PY'
import sys, time
sys.path.insert(0, 'root/usr/lib/python3/dist-packages')
import paho.mqtt.client as mqtt
client = mqtt.Client(client_id='paho', transport='websockets')
client.ws_set_options(path=sys.argv[1])
lost = []
client.on_disconnect = lambda *rest: lost.append(rest)
client.connect('127.0.0.1', 18975)
client.loop_start()
time.sleep(1)
print('connected' if client.is_connected() and not lost else 'lost', end='')
PY
cat >paho.c <<'C'
#include <MQTTClient.h>
#include <stdio.h>
#include <unistd.h>
int main(int count, char **path) {
    char url[60];
    snprintf(url, sizeof url, "ws://127.0.0.1:18975%s", path[1]);
    MQTTClient client;
    MQTTClient_connectOptions options = MQTTClient_connectOptions_initializer;
    options.connectTimeout = 3;
    MQTTClient_create(&client, url, "c", MQTTCLIENT_PERSISTENCE_NONE, NULL);
    MQTTClient_connect(client, &options);
    sleep(1);
    printf(MQTTClient_isConnected(client) ? "connected" : "lost");
    return count - 2;
}
C
cat >control.mjs <<'JS'
import mqtt from 'mqtt';
const client = mqtt.connect(`ws://127.0.0.1:18975${process.argv[2]}`, { reconnectPeriod: 0 });
setTimeout(() => { process.stdout.write(client.connected ? 'connected' : 'lost'); process.exit(); }, 1000);
JS
libraries=$(echo "$dir"/root/usr/lib/*-linux-gnu)
cc -Iroot/usr/include -o paho paho.c -L"$libraries" -lpaho-mqtt3c
wrong=0
seen() {
  name=$1 path=$2 expected=$3
  shift 3
  : >seen
  said=$(LD_LIBRARY_PATH=$libraries timeout 30 "$@" "$path" 2>>errors) || true
  sleep 0.3
  all="$(cat seen)$said"
  echo "$name $path: $all"
  [ "$all" = "$expected" ] || { echo "  another behaviour than described"; wrong=1; }
}
for java in Three Five; do
  seen "Paho Java ($java)" /plain connected java -cp 'lib/*:.' $java
  seen "Paho Java ($java)" /ping lost java -cp 'lib/*:.' $java
  seen "Paho Java ($java)" /fragments lost java -cp 'lib/*:.' $java
done
seen paho-mqtt /plain connected python3 paho.py
seen paho-mqtt /ping 'unmasked lost' python3 paho.py
seen paho-mqtt /fragments connected python3 paho.py
seen 'Paho C' /plain connected ./paho
seen 'Paho C' /ping 'pong here? connected' ./paho
seen 'Paho C' /fragments lost ./paho
seen MQTT.js /plain connected node control.mjs
seen MQTT.js /ping 'pong here? connected' node control.mjs
seen MQTT.js /fragments connected node control.mjs
exit "$wrong"
