#!/bin/sh
# gnutls-serv 3.7.9 (Debian 12, GnuTLS 3.7.9) as the server, OpenSSL 3.0 as the client and as another server beside it. Node.js 20 or newer.
#
# Guess: a server that agrees to the client's max_fragment_length (RFC 6066, section 4) keeps to it in handshake and data, in TLS 1.2 as in
#        TLS 1.3, in a full handshake as in a resumed one.
# Seen:  asked for 512, GnuTLS agrees and cuts its certificate into records of 512 bytes; after a full handshake of TLS 1.2 it then sends
#        3,001 bytes of data in one record, for which OpenSSL ends the connection with record_overflow. In a resumed one of TLS 1.2, and in
#        TLS 1.3, each record is kept under 512. OpenSSL's server keeps to it in all four.
# Means: a device with input buffers of 4 KiB that asks for them connects to such a server, gets short answers, and breaks at the first
#        long one; on its next try, which resumes, the same answer arrives. Buffers of 16 KiB, or TLS 1.3, help.
set -eu
dir=$(mktemp -d)
trap 'kill $jobs 2>/dev/null; rm -rf "$dir"' EXIT
jobs=
cd "$dir"
apt-get -q download gnutls-bin=3.7.9-2+deb12u7 libgnutls30=3.7.9-2+deb12u7 libgnutls-dane0=3.7.9-2+deb12u7 libopts25 libunbound8 \
  >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
openssl req -x509 -newkey rsa:4096 -nodes -keyout key.pem -out cert.pem -days 30 -subj /CN=gateway.test 2>/dev/null
cat >relay.mjs <<'JS'
import { connect, createServer } from 'node:net';
import { writeFileSync } from 'node:fs';
// Notes whether a record of the handshake (22) or of data (23) that the server sends is larger than 512 bytes and what encryption adds.
for (const [listen, target] of [[18981, 18982], [18983, 18984]]) {
  createServer(client => {
    const server = connect(target, '127.0.0.1');
    const largest = { 22: 0, 23: 0 };
    let bytes = Buffer.alloc(0);
    client.on('error', () => {});
    server.on('error', () => {});
    client.pipe(server);
    server.pipe(client);
    server.on('data', more => {
      bytes = Buffer.concat([bytes, more]);
      while (bytes.length >= 5 && bytes.length >= 5 + bytes.readUInt16BE(3)) {
        largest[bytes[0]] = Math.max(largest[bytes[0]] ?? 0, bytes.readUInt16BE(3));
        bytes = bytes.subarray(5 + bytes.readUInt16BE(3));
      }
      writeFileSync('largest', [22, 23].filter(type => largest[type] > 536).map(type => `${type} over: ${largest[type]}`).join() || 'kept');
    });
  }).listen(listen, '127.0.0.1');
}
JS
libraries=$(echo "$dir"/root/usr/lib/*-linux-gnu)
LD_LIBRARY_PATH=$libraries root/usr/bin/gnutls-serv --port 18982 --x509certfile cert.pem --x509keyfile key.pem --echo -q >gnutls.log 2>&1 &
jobs=$!
openssl s_server -accept 127.0.0.1:18984 -cert cert.pem -key key.pem -rev -quiet >openssl.log 2>&1 &
jobs="$jobs $!"
node relay.mjs &
jobs="$jobs $!"
sleep 2
line=$(head -c 3000 /dev/zero | tr '\0' v)
wrong=0
seen() {
  : >largest
  (sleep 1; echo "$line"; sleep 2) | timeout 20 openssl s_client -connect 127.0.0.1:"$2" "$3" -maxfraglen 512 "$4" session -quiet -ign_eof >said 2>&1 || true
  whole=broken
  ! grep -q "$line" said || whole=whole
  echo "$1 $3 $4: $(cat largest), $whole"
  [ "$(cat largest), $whole" = "$5" ] || { echo "  another behaviour than described"; wrong=1; }
}
seen GnuTLS 18981 -tls1_2 -sess_out '23 over: 3025, broken'
cp session first
seen GnuTLS 18981 -tls1_3 -sess_out 'kept, whole'
seen GnuTLS 18981 -tls1_3 -sess_in 'kept, whole'
cp first session
seen GnuTLS 18981 -tls1_2 -sess_in 'kept, whole'
for version in -tls1_2 -tls1_3; do
  seen OpenSSL 18983 $version -sess_out 'kept, whole'
  seen OpenSSL 18983 $version -sess_in 'kept, whole'
done
exit "$wrong"
