#!/bin/sh
# chat of ppp 2.4.9 (Debian 12), the usual dialler of a modem before pppd.
#
# Guess: a command goes to the modem in one write, or as fast as the port takes it.
# Seen:  every character is a write of its own, with 10 ms of sleep between two, whatever the port (here a pty) could take: a line of 36
#        characters takes over 350 ms, one of 100 takes a second. The manual names only pauses that a script asks for (`\p`, `\d`).
# Means: whoever emulates a modem under chat gets one character per read, and must not take a gap of some milliseconds for the end
#        of a command; whoever times an attach by chat's log has to take the typing off.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get -q download ppp=2.4.9-1+1.1+b1 libpcap0.8 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
cat >modem.mjs <<'JS'
import { spawn } from 'node:child_process';
const typed = command => new Promise(done => {
  // script (of every Debian) gives it the terminal that it wants
  const chat = spawn('script', ['-qec', `stty raw -echo; exec root/usr/sbin/chat -t 5 '' '${command}' OK ''`, '/dev/null']);
  const reads = [];
  chat.stdout.on('data', bytes => {
    reads.push({ at: performance.now(), text: bytes.toString() });
    if (reads.at(-1).text.endsWith('\r') && reads.map(read => read.text).join('').startsWith(command + '\r')) chat.stdin.write('\r\nOK\r\n');
  });
  chat.on('close', code => {
    const line = reads.slice(0, reads.findIndex(read => read.text.includes('\r')) + 1);
    done({ code, characters: line.map(read => read.text).join('').length, reads: line.length, millis: Math.round(line.at(-1).at - line[0].at) });
  });
});
let same = true;
for (const command of ['ATZ', 'AT+CGDCONT=1,"IP","example.internet"', 'AT' + 'X'.repeat(98)]) {
  const { code, characters, reads, millis } = await typed(command);
  console.log(`${characters} characters: ${reads} reads, ${millis} ms, exit ${code}`);
  same &&= code === 0 && reads > characters / 2 && millis >= 10 * (characters - 1) - 2;
}
process.exit(same ? 0 : 1);
JS
timeout 60 node modem.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
