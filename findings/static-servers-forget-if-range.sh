#!/bin/sh
# busybox httpd 1.35.0 (Debian 12), sirv 3.0.2, serve-handler 6.1.8, http-server 14.1.1; serve-static 2.2.1 beside them.
#
# Guess: a download resumed with Range and If-Range comes as 200 and whole when the file is another one by now (RFC 9110, 13.1.5), and a
#        resume from the end of a file already complete gets 416 without it.
# Seen:  the four do not look at If-Range and answer 206 with bytes of the new file: the client ends with the head of the old one and the
#        tail of the new. From the end of a complete file busybox sends 200 and all of it, serve-handler 416 and all of it.
# Means: a firmware image that was replaced during a broken download comes out mixed, and only a check of the whole image tells.
#        Whoever tries resumption against such a server (a router, `npx serve`, `npx http-server`) tests less than it seems.
set -eu
dir=$(mktemp -d)
trap 'kill "$busybox" "$node" 2>/dev/null; rm -rf "$dir"' EXIT
busybox='' node=''
cd "$dir"
apt-get -q download busybox=1:1.35.0-4+deb12u1+b1 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit sirv@3.0.2 serve-handler@6.1.8 http-server@14.1.1 serve-static@2.2.1 >/dev/null
mkdir www
head -c 4000 /dev/zero | tr '\0' o >www/firmware.bin
touch -d '2026-01-02 03:04:05' www/firmware.bin
root/bin/busybox httpd -f -p 127.0.0.1:18991 -h www &
busybox=$!
cat >servers.mjs <<'JS'
import { createServer } from 'node:http';
import httpServer from 'http-server';
import serveHandler from 'serve-handler';
import serveStatic from 'serve-static';
import sirv from 'sirv';
const files = serveStatic('www', { fallthrough: false });
createServer((request, response) => files(request, response, error => {
  response.statusCode = error.statusCode;
  response.end();
})).listen(18993, '127.0.0.1');
createServer(sirv('www', { dev: true, etag: true })).listen(18994, '127.0.0.1');
createServer((request, response) => serveHandler(request, response, { public: 'www', etag: true })).listen(18995, '127.0.0.1');
httpServer.createServer({ root: 'www' }).listen(18996, '127.0.0.1');
JS
node servers.mjs >node.log 2>&1 &
node=$!
cat >resume.mjs <<'JS'
import { writeFileSync } from 'node:fs';
const pause = millis => new Promise(done => setTimeout(done, millis));
const servers = [['serve-static', 18993], ['busybox', 18991], ['sirv', 18994], ['serve-handler', 18995], ['http-server', 18996]];
const ask = async (port, headers) => {
  const response = await fetch(`http://127.0.0.1:${port}/firmware.bin`, { headers });
  const etag = response.headers.get('etag');
  // a weak one is not for If-Range
  const validator = etag && !etag.startsWith('W/') ? etag : response.headers.get('last-modified');
  return { status: response.status, validator, body: await response.text() };
};
for (const [, port] of servers) {
  for (let tries = 0; tries < 100 && !await ask(port, {}).catch(() => false); tries++) await pause(100);
}
const validators = [];
for (const [, port] of servers) validators.push((await ask(port, {})).validator);
writeFileSync('www/firmware.bin', 'n'.repeat(5000));
const seen = [];
for (const [place, [name, port]] of servers.entries()) {
  const resumed = await ask(port, { Range: 'bytes=1000-', 'If-Range': validators[place] });
  const fromEnd = await ask(port, { Range: 'bytes=5000-' });
  console.log(`${name}: 1000 bytes of ${validators[place]} resumed: ${resumed.status} with ${resumed.body.length} bytes; from the end: `
    + `${fromEnd.status} with ${fromEnd.body.length >= 5000 ? 'all' : 'none'} of the file`);
  seen.push(`${resumed.status} ${fromEnd.status} ${fromEnd.body.length >= 5000}`);
}
const described = ['200 416 false', '206 200 true', '206 416 false', '206 416 true', '206 416 false'];
process.exit(seen.join() === described.join() ? 0 : 1);
JS
timeout 50 node resume.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
