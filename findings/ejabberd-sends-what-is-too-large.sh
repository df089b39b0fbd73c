#!/bin/sh
# ejabberd 23.01 (mod_mqtt) of Debian 12, MQTT 5; mqtt-packet 9.0.2 (npm) reads and writes the packets.
#
# Guess: a client that announces Maximum Packet Size 100 gets no larger packet (MQTT-3.1.2-24), and a queued message whose Message
#        Expiry Interval has passed is not delivered (MQTT-3.3.2-5), as its retained messages are not.
# Seen:  a message of 300 bytes comes all the same. What waits for a client that is away is delivered however old it is, with 1 as
#        the interval that is left; a retained message is gone when its interval has passed.
# Means: a device that announces the size of its buffer is sent what does not fit (a strict one closes with 0x95), and a command that
#        was good for one second is carried out when the device comes back.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" 2>/dev/null; rm -rf "$dir"' EXIT
broker=
cd "$dir"
base=1:25.2.3+dfsg-1+deb12u4
apt-get -q download ejabberd=23.01-1 erlang-base=$base erlang-asn1=$base erlang-crypto=$base erlang-inets=$base erlang-mnesia=$base \
  erlang-os-mon=$base erlang-public-key=$base erlang-ssl=$base erlang-syntax-tools=$base erlang-tools=$base erlang-xmerl=$base \
  erlang-runtime-tools=$base erlang-base64url erlang-goldrush erlang-idna erlang-jiffy erlang-jose erlang-lager erlang-p1-acme \
  erlang-p1-cache-tab erlang-p1-eimp erlang-p1-mqtree erlang-p1-pkix erlang-p1-stringprep erlang-p1-stun erlang-p1-tls \
  erlang-p1-utils erlang-p1-xml erlang-p1-xmpp erlang-p1-yaml erlang-p1-yconf erlang-p1-zlib erlang-unicode-util-compat libyaml-0-2 \
  >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit mqtt-packet@9.0.2 >/dev/null
cat >ejabberd.yml <<'YAML'
hosts: [localhost]
loglevel: warning
auth_method: [anonymous]
anonymous_protocol: both
listen:
  - {port: 18977, ip: "127.0.0.1", module: mod_mqtt}
modules:
  mod_mqtt: {access_publish: {"#": [{allow: all}]}, access_subscribe: {"#": [{allow: all}]}}
YAML
libraries=$(find "$dir/root/usr/lib" -name ebin | tr '\n' ' ')
# shellcheck disable=SC2086 # the folders of the libraries are words of their own
HOME=$dir EJABBERD_CONFIG_PATH=$dir/ejabberd.yml EJABBERD_LOG_PATH=$dir/log/ejabberd.log ROOTDIR=$dir/root/usr/lib/erlang \
  BINDIR=$(echo "$dir"/root/usr/lib/erlang/erts-*/bin) EMU=beam PROGNAME=erl \
  LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu) "$dir"/root/usr/lib/erlang/erts-*/bin/erlexec -noinput -pa $libraries \
  -mnesia dir "\"$dir/spool\"" -s ejabberd >broker.log 2>&1 &
broker=$!
cat >large.mjs <<'JS'
import { connect } from 'node:net';
import { generate, parser } from 'mqtt-packet';
const protocolVersion = 5;
const pause = millis => new Promise(done => setTimeout(done, millis));
const client = (clientId, properties = {}, clean = true) => new Promise((done, refused) => {
  const socket = connect(18977, '127.0.0.1').on('error', refused);
  const packets = parser({ protocolVersion });
  const self = {
    received: [],
    send: packet => socket.write(generate(packet, { protocolVersion })),
    subscribe: async topic => {
      self.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }] });
      await pause(300);
    },
    publish: (topic, size, messageExpiryInterval, retain = false) => self.send(
      { cmd: 'publish', topic, payload: 'x'.repeat(size), qos: 1, messageId: 9, retain, properties: { messageExpiryInterval } }),
    leave: () => socket.destroy(),
  };
  packets.on('packet', packet => {
    if (packet.cmd === 'connack') done(self);
    if (packet.cmd === 'publish') {
      self.received.push(packet);
      self.send({ cmd: 'puback', messageId: packet.messageId });
    }
  });
  socket.on('data', bytes => packets.parse(bytes));
  self.send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion, clean, clientId, keepalive: 60, properties,
    username: 'device@localhost', password: Buffer.from('any') });
});
let publisher;
for (let tries = 0; !publisher && tries < 100; tries++) publisher = await client('publisher').catch(() => pause(300));
const small = await client('small', { maximumPacketSize: 100 });
await small.subscribe('size/#');
publisher.publish('size/large', 300, 60);
await pause(500);
const away = { sessionExpiryInterval: 60 };
const first = await client('away', away, false);
await first.subscribe('queued/#');
first.leave();
await pause(300);
publisher.publish('queued/short', 10, 1);
publisher.publish('queued/long', 10, 60);
publisher.publish('kept/short', 10, 1, true);
publisher.publish('kept/long', 10, 60, true);
await pause(4000);
const back = await client('away', away, false);
await back.subscribe('kept/#');
await pause(500);
const intervals = from => back.received.filter(packet => packet.topic.startsWith(from))
  .map(packet => `${packet.topic.split('/')[1]} with ${packet.properties.messageExpiryInterval > 50 ? 'over 50' : packet.properties.messageExpiryInterval} s left`).join(', ');
const seen = [`${small.received.map(packet => packet.length).join()} bytes came to a client that takes 100`,
  `4 s later, queued: ${intervals('queued/')}`, `4 s later, retained: ${intervals('kept/')}`];
console.log(seen.join('\n'));
process.exit(Number(small.received[0]?.length) > 300 && seen[1].endsWith('queued: short with 1 s left, long with over 50 s left') &&
  seen[2].endsWith('retained: long with over 50 s left') ? 0 : 1);
JS
timeout 90 node large.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
