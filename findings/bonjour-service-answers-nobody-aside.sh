#!/bin/sh
# bonjour-service 1.4.4 (npm, Node.js 20 or newer); python3-zeroconf 0.47.3 (Debian 12) beside it. Multicast DNS on loopback.
#
# Guess: a query for gateway.local from a port other than 5353, as a plain resolver sends it, is answered to that port, with the id and
#        the question of the query (RFC 6762, 5.1 and 6.7).
# Seen:  bonjour-service answers to the group alone, with id 0 and without the question: who asked from a port of its own hears nothing.
#        zeroconf answers to the port.
# Means: a device whose resolver asks so (lwIP with LWIP_DNS_SUPPORT_MDNS_QUERIES, as ESP-IDF sets it) cannot find a gateway that Node.js
#        announces, and finds the same name announced by Avahi or zeroconf: on the developer's machine it works.
set -eu
dir=$(mktemp -d)
trap 'kill "$other" 2>/dev/null; rm -rf "$dir"' EXIT
other=
cd "$dir"
apt-get -q download python3-zeroconf=0.47.3-1 python3-ifaddr=0.1.7-2 python3-async-timeout >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit bonjour-service@1.4.4 dns-packet@5.6.1 >/dev/null
cat >announce.py <<'PY'
import socket, sys, time
sys.path.insert(0, 'root/usr/lib/python3/dist-packages')
from zeroconf import ServiceInfo, Zeroconf
zeroconf = Zeroconf(interfaces=['127.0.0.1'])
zeroconf.register_service(ServiceInfo('_mqtt._tcp.local.', 'other._mqtt._tcp.local.', port=1883,
                                      addresses=[socket.inet_aton('127.0.0.1')], server='other.local.'))
time.sleep(60)
PY
python3 announce.py >other.log 2>&1 &
other=$!
cat >ask.mjs <<'JS'
import { createSocket } from 'node:dgram';
import { Bonjour } from 'bonjour-service';
import packets from 'dns-packet';
const GROUP = '224.0.0.251';
const pause = millis => new Promise(done => setTimeout(done, millis));
new Bonjour({ interface: '127.0.0.1' }).publish({ name: 'gateway', type: 'mqtt', port: 1883, host: 'gateway.local', probe: false });
const heard = { gateway: 0, other: 0 };
const group = createSocket({ type: 'udp4', reuseAddr: true });
group.bind(5353, () => group.addMembership(GROUP, '127.0.0.1'));
await pause(5000);
let toTheGroup = 0;
group.on('message', bytes => {
  const packet = packets.decode(bytes);
  if (packet.type === 'response' && packet.answers.some(answer => answer.name === 'gateway.local')) toTheGroup++;
});
for (const name of Object.keys(heard)) {
  const resolver = createSocket('udp4');
  resolver.on('message', bytes => {
    const { id, questions } = packets.decode(bytes);
    if (id === 4711 && questions.length === 1) heard[name]++;
  });
  await new Promise(done => resolver.bind(0, '127.0.0.1', done));
  resolver.setMulticastInterface('127.0.0.1');
  for (let i = 0; i < 3; i++) {
    resolver.send(packets.encode({ id: 4711, questions: [{ name: `${name}.local`, type: 'A' }] }), 5353, GROUP);
    await pause(2000);
  }
}
console.log(`bonjour-service: ${heard.gateway > 0 ? 'answers' : 'no answer'} to the resolver, ${toTheGroup > 0 ? 'answers' : 'none'} to the group`);
console.log(`zeroconf: ${heard.other > 0 ? 'answers' : 'no answer'} to the resolver`);
if (heard.gateway > 0 || toTheGroup === 0 || heard.other === 0) {
  console.log('another behaviour than described');
  process.exitCode = 1;
}
process.exit();
JS
timeout 60 node ask.mjs
