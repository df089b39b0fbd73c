#!/bin/sh
# mosquitto_pub 2.0.11 and paho-mqtt 1.6.1 (Debian 12), Paho Java 1.2.5, at mosquitto 2.0.11, MQTT 5; MQTT.js 5.16.0 beside them. Python 3,
# a JDK, Maven, Node.js 20 or newer.
#
# Guess: where the broker refuses a message (PUBACK 0x87, not authorized), or takes no QoS 2, the one who publishes is told: an exit code
#        other than 0, an exception, an error in the callback.
# Seen:  mosquitto_pub prints a warning and exits with 0; with -q 2 at a broker of `max_qos 1` it prints "Error: ...", sends nothing and exits
#        with 0. paho-mqtt calls on_publish and says is_published(). Paho Java's publish and waitForCompletion return as for any other
#        message; the 135 stands in the token's reason codes alone. MQTT.js calls back with an error.
# Means: a script of "mosquitto_pub ... && touch reported" and a gateway that waits for the acknowledgement take for delivered what an ACL
#        has thrown away. Look at standard error, or at the reason code.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" 2>/dev/null; rm -rf "$dir"' EXIT
broker=
cd "$dir"
apt-get -q download mosquitto=2.0.11-1.2+deb12u2 mosquitto-clients=2.0.11-1.2+deb12u2 libmosquitto1=2.0.11-1.2+deb12u2 \
  libwebsockets17=4.1.6-3 libcjson1 libdlt2 libev4 libwrap0 python3-paho-mqtt=1.6.1-1 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit mqtt@5.16.0 >/dev/null
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencies><dependency><groupId>org.eclipse.paho</groupId><artifactId>org.eclipse.paho.mqttv5.client</artifactId>
<version>1.2.5</version></dependency></dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
echo 'topic read #' >acl
printf 'user root\nallow_anonymous true\nacl_file acl\nlistener 18963 127.0.0.1\nlistener 18964 127.0.0.1\nmax_qos 1\n' >broker.conf
libraries=$(echo "$dir"/root/usr/lib/*-linux-gnu):$(echo "$dir"/root/lib/*-linux-gnu)
LD_LIBRARY_PATH=$libraries root/usr/sbin/mosquitto -c broker.conf >broker.log 2>&1 &
broker=$!
sleep 2
cat >paho.py <<'PY'
import sys
sys.path.insert(0, 'root/usr/lib/python3/dist-packages')
import paho.mqtt.client as mqtt
client = mqtt.Client(client_id='paho', protocol=mqtt.MQTTv5)
told = []
client.on_publish = lambda client, data, message: told.append('on_publish')
client.connect('127.0.0.1', 18963)
client.loop_start()
while not client.is_connected():
    pass
sent = client.publish('readings', 'x', qos=1)
sent.wait_for_publish(10)
print('%s, is_published %s' % (','.join(told), sent.is_published()))
client.disconnect()
PY
cat >Paho.java <<'JAVA'
import java.util.Arrays;
import org.eclipse.paho.mqttv5.client.*;
public class Paho {
    public static void main(String[] none) throws Exception {
        MqttAsyncClient client = new MqttAsyncClient("tcp://127.0.0.1:18963", "java", null);
        client.connect().waitForCompletion(10_000);
        IMqttToken sent = client.publish("readings", "x".getBytes(), 1, false);
        sent.waitForCompletion(10_000);
        System.out.println("complete " + sent.isComplete() + ", exception " + sent.getException() + ", codes "
                + Arrays.toString(sent.getReasonCodes()));
        System.exit(0);
    }
}
JAVA
cat >control.mjs <<'JS'
import mqtt from 'mqtt';
const client = mqtt.connect('mqtt://127.0.0.1:18963', { protocolVersion: 5 });
client.publish('readings', 'x', { qos: 1 }, error => { console.log(error?.message ?? 'published'); process.exit(); });
JS
pub() {
  code=0
  said=$(LD_LIBRARY_PATH=$libraries timeout 20 root/usr/bin/mosquitto_pub -V 5 "$@" -t readings -m x 2>&1) || code=$?
  echo "$said -> exit $code"
}
wrong=0
seen() {
  echo "$1: $2"
  [ "$2" = "$3" ] || { echo "  another behaviour than described"; wrong=1; }
}
seen 'mosquitto_pub -q 1' "$(pub -p 18963 -q 1)" 'Warning: Publish 1 failed: Not authorized. -> exit 0'
seen 'mosquitto_pub -q 2' "$(pub -p 18964 -q 2)" 'Error: Message QoS not supported on broker, try a lower QoS. -> exit 0'
seen paho-mqtt "$(timeout 20 python3 paho.py)" 'on_publish, is_published True'
javac -cp 'lib/*' Paho.java
seen 'Paho Java' "$(java -cp 'lib/*:.' Paho)" 'complete true, exception null, codes [135]'
seen MQTT.js "$(timeout 20 node control.mjs)" 'Publish error: Not authorized'
exit "$wrong"
