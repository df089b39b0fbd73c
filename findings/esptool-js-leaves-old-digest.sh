#!/bin/sh
# esptool-js 0.7.0 (npm, Node.js 20 or newer), the library behind browser installers of ESP32 firmware.
#
# Guess: where it changes the flash size in a bootloader's header it makes the appended SHA-256 anew, as esptool does since version 4,
#        and as a branch of its own code says.
# Seen:  the header says 4 MB, the SHA-256 is still the one of the file. The branch never runs: it looks for the character 1 (0x31)
#        where a header with a SHA-256 has the number 1.
# Means: the flash of a device that was installed from a browser holds a bootloader whose SHA-256 is wrong, though nothing is broken:
#        the ROM looks at the checksum alone. Who reads such a flash back must not take it for damage; who checks it will refuse it.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-fund --no-audit esptool-js@0.7.0 >/dev/null
cat >write.mjs <<'JS'
import { createHash } from 'node:crypto';
import { ESPLoader } from 'esptool-js';
import { ESP32ROM } from './node_modules/esptool-js/lib/targets/esp32.js';
const sha = bytes => createHash('sha256').update(bytes).digest();
const header = Buffer.from('e9010210' + '00000840' + 'ee000000' + '0000' + '00' + '0000' + '0000' + '00000000' + '01', 'hex'); // DIO, 2 MB, SHA-256 appended
const segment = Buffer.concat([Buffer.from('3000ff3f' + '40000000', 'hex'), Buffer.alloc(64, 0x5a)]); // 64 bytes for 0x3fff0030
const checksum = segment.subarray(8).reduce((sum, byte) => sum ^ byte, 0xef);
const padded = Buffer.concat([header, segment, Buffer.alloc(15 - (header.length + segment.length) % 16), Buffer.from([checksum])]);
const file = Buffer.concat([padded, sha(padded)]);
// The chip takes the blocks that writeFlash sends and does nothing else.
const transport = { hexify: bytes => Buffer.from(bytes).toString('hex'), getInfo: () => '', trace() {} };
const loader = new ESPLoader({ transport, baudrate: 115200, terminal: { clean() {}, writeLine() {}, write() {} } });
loader.chip = new ESP32ROM();
let flash;
loader.flashBegin = async () => { flash = Buffer.alloc(0); return 1; };
loader.flashBlock = async block => { flash = Buffer.concat([flash, block]); };
const seen = [];
for (const flashSize of ['keep', '4MB']) {
  await loader.writeFlash({ fileArray: [{ data: new Uint8Array(file), address: 0x1000 }], flashSize, flashMode: 'keep', flashFreq: 'keep' });
  const image = flash.subarray(0, file.length);
  const digest = image.subarray(-32);
  seen.push(`${image[3] >> 4 === 1 ? '2 MB' : '4 MB'}, SHA-256 ${digest.equals(sha(image.subarray(0, -32))) ? 'right' : digest.equals(sha(padded)) ? 'of the file' : 'another'}`);
  console.log(`flash size ${flashSize}: ${seen.at(-1)}`);
}
if (seen.join('; ') !== '2 MB, SHA-256 right; 4 MB, SHA-256 of the file') {
  console.log('another behaviour than described');
  process.exit(1);
}
JS
node write.mjs
