#!/bin/sh
# @serialport/parser-readline 13.0.0 (npm, Node.js 20 or newer), the parser of lines behind most Node.js programs on a serial port.
#
# Guess: each line that ends with the delimiter is emitted, an empty one as an empty text.
# Seen:  empty lines are swallowed: "first", "", "third" comes as two lines.
#        With `includeDelimiter: true` they come, as the delimiter itself.
# Means: the text of an SMS (AT+CMGR) loses its blank lines, and where a modem hands out HTTP the blank line that ends the headers never
#        comes: whoever waits for it waits for ever. Ask for the delimiter, and take it off.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-fund --no-audit @serialport/parser-readline@13.0.0 >/dev/null
cat >lines.mjs <<'JS'
import { ReadlineParser } from '@serialport/parser-readline';
const answer = '+CMGR: "REC READ","+49151"\r\nfirst\r\n\r\nthird\r\n\r\nOK\r\n';
const linesOf = async options => {
  const parser = new ReadlineParser({ delimiter: '\r\n', ...options });
  const lines = [];
  parser.on('data', line => lines.push(line));
  parser.end(answer);
  await new Promise(done => parser.on('end', done));
  return lines.map(line => JSON.stringify(line.replace('\r\n', ''))).join(' ');
};
const plain = await linesOf({});
const asked = await linesOf({ includeDelimiter: true });
console.log(`as it is:         ${plain}`);
console.log(`includeDelimiter: ${asked}`);
const head = '"+CMGR: \\"REC READ\\",\\"+49151\\""';
if (plain !== `${head} "first" "third" "OK"` || asked !== `${head} "first" "" "third" "" "OK"`) {
  console.log('another behaviour than described');
  process.exit(1);
}
JS
node lines.mjs
