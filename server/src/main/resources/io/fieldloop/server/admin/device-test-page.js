'use strict';
(() => {
  /** What stands for a text of this page in the reader's language; nothing in English. */
  const T = /*texts*/;
  const say = (text, ...values) => (T[text] || text).replace(/\{(\d)\}/g, (_, i) => values[i]);
  const FRAME_MS = 60;
  const HELLO_MS = 10000; // the firmware gives up after this long
  const CLOSE_CODES = {
    1000: say('ended on purpose'), 1001: say('the gateway is stopping'), 1002: say('a frame broke the WebSocket protocol'),
    1003: say('the gateway does not take this transport or version'), 1005: say('a close frame without a code'),
    1006: say('no close frame: the connection was dropped'), 1007: say('a text was not UTF-8'), 1009: say('a message was too large'),
    1011: say('no answer to a ping, or a defect of the gateway'),
  };
  const STEPS = [
    ['address', say('Address')], ['connect', say('Connection and upgrade')], ['hello-sent', say('Hello sent')],
    ['hello-received', say('Hello received')], ['listen', say('Speech sent')], ['stt', say('Recognised (stt)')],
    ['tts', say('Reply (tts)')], ['audio', say('Audio received')], ['close', say('Close')],
  ];
  const $ = id => document.getElementById(id);
  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const ms = value => value < 10 ? value.toFixed(1) + ' ms' : value < 10000 ? Math.round(value) + ' ms' : (value / 1000).toFixed(1) + ' s';
  const pause = millis => new Promise(resolve => setTimeout(resolve, millis));

  let gateway = null;
  let advice = new Map();
  let run = null;

  async function ask(path) {
    const answer = await fetch(path, {cache: 'no-store'});
    if (!answer.ok) throw new Error(say('The admin listener answered {0}.', answer.status));
    return answer.json();
  }

  /* ---------- what is shown ---------- */

  function verdict(kind, title, text, facts) {
    const box = $('verdict');
    box.className = kind;
    box.replaceChildren(element('strong', '', title));
    for (const paragraph of [].concat(text || [])) box.append(element('p', '', paragraph));
    if (facts && facts.length) {
      const list = element('dl');
      for (const [name, value] of facts) list.append(element('dt', '', name), element('dd', '', String(value)));
      box.append(list);
    }
  }

  function step(id, state, detail) {
    const row = $('step-' + id);
    const marks = {todo: '·', active: '…', done: '✓', failed: '✗', skipped: '–'};
    row.className = state;
    row.querySelector('.mark').textContent = marks[state];
    row.querySelector('.mark').setAttribute('aria-label', state);
    if (detail !== undefined) row.querySelector('.detail').textContent = detail;
    if (state !== 'todo' && run && (state === 'done' || state === 'failed')) {
      row.querySelector('.time').textContent = '+' + ms(performance.now() - run.startedAt);
    }
  }

  function drawSteps() {
    $('steps').replaceChildren(...STEPS.map(([id, name]) => {
      const row = element('li', 'todo');
      row.id = 'step-' + id;
      row.append(element('span', 'mark', '·'), element('span', 'name', name), element('span', 'time'), element('span', 'detail'));
      return row;
    }));
  }

  function note(direction, text) {
    const line = '+' + ms(performance.now() - run.startedAt) + ' ' + direction + ' ' + text;
    run.lines.push(line);
    $('messages').append(element('li', '', line));
    $('message-count').textContent = run.lines.length;
    $('copy').disabled = false;
  }

  function buttons() {
    const open = run !== null && run.socket !== null && run.socket.readyState <= WebSocket.OPEN;
    $('connect').disabled = open;
    $('close').disabled = !open;
    $('talk').disabled = !open || !run.online || run.speaking;
    $('abort').disabled = !open || !run.replying;
  }

  function drawPace() {
    const gaps = run.gaps;
    if (!gaps.length) return;
    const width = 600 / Math.max(gaps.length, 40);
    const bars = gaps.map((gap, i) => {
      const height = Math.min(gap / 3, 60); // 180 ms fill the height
      const bar = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      for (const [key, value] of Object.entries({x: i * width, y: 60 - height, width: width * 0.7, height})) bar.setAttribute(key, value);
      return bar;
    });
    const due = document.createElementNS('http://www.w3.org/2000/svg', 'line');
    for (const [key, value] of Object.entries({x1: 0, x2: 600, y1: 60 - FRAME_MS / 3, y2: 60 - FRAME_MS / 3})) due.setAttribute(key, value);
    $('gaps').replaceChildren(...bars, due);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    $('pace-text').textContent = say('Gap between frames: mean {0}, longest {1}; the dashed line is {2} ms, the length of a frame. A device plays a gap above it as a stutter once its buffer is empty.',
      ms(mean), ms(Math.max(...gaps)), FRAME_MS);
    $('pace').hidden = false;
  }

  /* ---------- one attempt ---------- */

  function target() {
    const url = new URL($('url').value.trim());
    if (url.protocol !== 'ws:' && url.protocol !== 'wss:') throw new Error(say('A device needs ws:// or wss://, not {0}//.', url.protocol));
    const token = $('token').value.trim();
    const query = [['attempt', run.attempt], ['device-id', $('device-id').value], ['client-id', $('client-id').value],
      ['authorization', token && !/^bearer /i.test(token) ? 'Bearer ' + token : token]];
    const text = query.filter(([, value]) => value).map(([key, value]) => key + '=' + encodeURIComponent(value).replaceAll('%3A', ':')).join('&');
    url.search = url.search ? url.search + '&' + text : text;
    url.hash = '';
    return url;
  }

  async function connect() {
    const attempt = Math.random().toString(36).slice(2, 8);
    run = {attempt, startedAt: performance.now(), since: null, socket: null, url: null, online: false, speaking: false, replying: false,
      version: Number($('version').value), session: '', lines: [], gaps: [], frames: 0, bytes: 0, lastFrameAt: 0, spokenAt: 0,
      helloTimer: 0, dismissed: '', timedOut: false};
    drawSteps();
    $('messages').replaceChildren();
    $('message-count').textContent = '0';
    $('pace').hidden = true;
    try {
      run.url = target();
    } catch (problem) {
      step('address', 'failed', problem.message);
      verdict('bad', say('This is no address a device can use'), problem.message, []);
      return;
    }
    const mine = run;
    try {
      mine.since = (await ask('gateway')).now;
    } catch (problem) {
      verdict('bad', say('The admin listener does not answer'), problem.message, []);
      return;
    }
    mine.startedAt = performance.now();
    step('address', 'done', run.url.protocol + '//' + run.url.host + run.url.pathname);
    step('connect', 'active', run.url.protocol === 'wss:' ? say('Name, TCP, TLS and upgrade: a browser shows them as one.') : say('Name, TCP and upgrade: a browser shows them as one.'));
    verdict('wait', say('Connecting…'), [], []);
    open(mine);
  }

  function open(mine) {
    try {
      mine.socket = new WebSocket(mine.url.href);
    } catch (problem) {
      step('connect', 'failed', problem.message);
      verdict('bad', say('The browser refuses this URL'), problem.message, []);
      return;
    }
    mine.socket.binaryType = 'arraybuffer';
    mine.socket.onopen = () => opened(mine);
    mine.socket.onmessage = event => typeof event.data === 'string' ? text(mine, event.data) : audio(mine, event.data);
    mine.socket.onclose = event => closed(mine, event);
    buttons();
  }

  function send(message) {
    const json = JSON.stringify(message);
    run.socket.send(json);
    note('→', json);
  }

  function opened(mine) {
    step('connect', 'done', mine.url.protocol === 'wss:'
      ? say('HTTP 101 after {0}, with TLS the browser trusts', ms(performance.now() - mine.startedAt))
      : say('HTTP 101 after {0}, without TLS', ms(performance.now() - mine.startedAt)));
    send({type: 'hello', version: mine.version, features: {mcp: true}, transport: 'websocket',
      audio_params: {format: 'opus', sample_rate: 16000, channels: 1, frame_duration: FRAME_MS}});
    step('hello-sent', 'done', say('version {0}', mine.version));
    step('hello-received', 'active', say('A device waits 10 s for it.'));
    mine.helloAt = performance.now();
    mine.helloTimer = setTimeout(() => {
      mine.timedOut = true;
      step('hello-received', 'failed', say('Nothing within 10 s.'));
      mine.socket.close(1000, 'no hello');
    }, HELLO_MS);
    buttons();
  }

  function text(mine, data) {
    note('←', data);
    let message = null;
    try {
      message = JSON.parse(data);
    } catch {
      mine.dismissed = data;
      return;
    }
    switch (message.type) {
      case 'hello': return helloReceived(mine, message);
      case 'stt': return step('stt', 'done', '“' + message.text + '”');
      case 'tts': return reply(mine, message);
      case 'mcp': return answerMcp(mine, message.payload || {});
      default:
    }
  }

  function helloReceived(mine, message) {
    clearTimeout(mine.helloTimer);
    if (message.transport !== 'websocket') {
      step('hello-received', 'failed', say('Its transport is {0}; a device takes only "websocket" and gives up.', JSON.stringify(message.transport)));
      return;
    }
    mine.online = true;
    mine.session = message.session_id || '';
    const params = message.audio_params || {};
    const total = performance.now() - mine.startedAt;
    step('hello-received', 'done', say('{0} after ours; session {1}; {2} Hz, frames of {3} ms', ms(performance.now() - mine.helloAt),
      mine.session || say('without an id'), params.sample_rate || 24000, params.frame_duration || 60));
    verdict('good', say('Online after {0}', ms(total)), say('The gateway took this device. It can speak now.'), []);
    buttons();
    showRefusals();
    if ($('talk-at-once').checked) talk();
  }

  function answerMcp(mine, request) {
    if (request.id === undefined) return;
    const result = request.method === 'initialize'
      ? {protocolVersion: '2024-11-05', capabilities: {tools: {}}, serverInfo: {name: 'device-test-page', version: '1'}}
      : request.method === 'tools/list' ? {tools: []} : null;
    const answer = result ? {result} : {error: {code: -32601, message: 'Unknown tool: this page has none'}};
    send({session_id: mine.session, type: 'mcp', payload: {jsonrpc: '2.0', id: request.id, ...answer}});
  }

  /* ---------- voice ---------- */

  function framed(version, timestamp) {
    const payload = new Uint8Array(120);
    payload[0] = 0x58; // Opus TOC: SILK wideband, 60 ms, mono
    const header = version === 2 ? 16 : version === 3 ? 4 : 0;
    const message = new Uint8Array(header + payload.length);
    const view = new DataView(message.buffer);
    if (version === 2) {
      view.setUint16(0, 2);
      view.setUint32(8, timestamp);
      view.setUint32(12, payload.length);
    } else if (version === 3) {
      view.setUint16(2, payload.length);
    }
    message.set(payload, header);
    return message;
  }

  async function talk() {
    const mine = run;
    const total = Math.round(Math.min(Math.max(Number($('seconds').value) || 2, 1), 20) * 1000 / FRAME_MS);
    Object.assign(mine, {speaking: true, gaps: [], frames: 0, bytes: 0, lastFrameAt: 0});
    for (const id of ['stt', 'tts', 'audio']) step(id, 'todo', '');
    buttons();
    send({session_id: mine.session, type: 'listen', state: 'start', mode: 'manual'});
    const begun = performance.now();
    for (let i = 0; i < total && mine.socket.readyState === WebSocket.OPEN; i++) {
      mine.socket.send(framed(mine.version, i * FRAME_MS));
      step('listen', 'active', say('{0} of {1} frames, one each {2} ms', i + 1, total, FRAME_MS));
      await pause(Math.max(0, begun + (i + 1) * FRAME_MS - performance.now()));
    }
    mine.speaking = false;
    if (mine.socket.readyState === WebSocket.OPEN) {
      note('→', total + ' audio frames');
      send({session_id: mine.session, type: 'listen', state: 'stop'});
      mine.spokenAt = performance.now();
      step('listen', 'done', say('{0} frames in {1}', total, ms(mine.spokenAt - begun)));
      step('stt', 'active', '');
    }
    buttons();
  }

  function reply(mine, message) {
    if (message.state === 'start') {
      mine.replying = true;
      step('tts', 'active', say('begun'));
    } else if (message.state === 'sentence_start') {
      step('tts', 'active', '“' + message.text + '”');
    } else if (message.state === 'stop') {
      mine.replying = false;
      step('tts', 'done');
      if (mine.frames) {
        step('audio', 'done');
        note('←', mine.frames + ' audio frames');
        verdict('good', say('A whole turn works'), say('Spoken, recognised, answered: {0} audio frames came back, the first {1} after the speech ended.',
          mine.frames, ms(mine.firstFrameAt - mine.spokenAt)), []);
      }
    }
    buttons();
  }

  function audio(mine, data) {
    const now = performance.now();
    const header = mine.version === 2 ? 16 : mine.version === 3 ? 4 : 0;
    if (mine.frames === 0) mine.firstFrameAt = now;
    if (mine.lastFrameAt) mine.gaps.push(now - mine.lastFrameAt);
    mine.lastFrameAt = now;
    mine.frames++;
    mine.bytes += Math.max(0, data.byteLength - header);
    step('audio', 'active', say('{0} frames, {1} bytes of Opus', mine.frames, mine.bytes));
    drawPace();
  }

  /* ---------- the end, and why ---------- */

  async function closed(mine, event) {
    clearTimeout(mine.helloTimer);
    const wasOpen = $('step-connect').className === 'done';
    mine.socket.onmessage = null;
    Object.assign(mine, {speaking: false, replying: false});
    buttons();
    const meaning = CLOSE_CODES[event.code] || say('a code of the application');
    if (wasOpen) step('close', 'done', event.code + (event.reason ? ' “' + event.reason + '”' : '') + ': ' + meaning);
    note('·', 'closed with ' + event.code + (event.reason ? ' ' + event.reason : ''));
    if (mine.online) {
      const onPurpose = event.code === 1000 && mine.closing;
      verdict(onPurpose ? 'idle' : 'bad', onPurpose ? say('Closed') : say('The session ended with {0}', event.code), say('Meaning: {0}.', meaning), []);
    } else {
      if (!wasOpen) step('connect', 'failed', say('The browser does not say why; asking the gateway.'));
      else if (!mine.timedOut) step('hello-received', 'failed', mine.dismissed ? say('Instead came: {0}', mine.dismissed) : say('Closed before it came.'));
      verdict('wait', say('Not accepted'), say('Asking the gateway for its record of this attempt…'), []);
      const found = await recordOf(mine);
      if (mine === run) explain(mine, wasOpen, found);
    }
    showRefusals();
  }

  /** The record with this attempt's number in its first bytes, else the newest on the same port (TLS failures have no request). */
  async function recordOf(mine) {
    for (let tries = 0; tries < 6; tries++) {
      await pause(tries ? 250 : 60);
      try {
        const records = (await ask('refusals?limit=50&since=' + encodeURIComponent(mine.since))).refusals;
        const own = records.find(record => record['first-bytes'].includes('attempt=' + mine.attempt));
        if (own) return {record: own, exact: true};
        const listener = listenerOf(mine.url);
        const near = records.find(record => listener && record.listener === listener.name && !record['first-bytes'].includes('attempt='));
        if (near) return {record: near, exact: false};
      } catch {
        return null;
      }
    }
    return null;
  }

  function localTime(instant) {
    const at = new Date(instant);
    return at.toTimeString().slice(0, 8) + '.' + String(at.getMilliseconds()).padStart(3, '0');
  }

  /** A ClientHello says nothing to the eye beyond what it is. */
  function firstBytes(record) {
    const bytes = record['first-bytes'];
    return bytes.startsWith('\\x16\\x03') ? say('{0}… (a TLS ClientHello)', bytes.slice(0, 20)) : bytes || say('none');
  }

  function listenerOf(url) {
    const port = Number(url.port || (url.protocol === 'wss:' ? 443 : 80));
    return gateway && gateway.listeners.find(listener => listener.port === port);
  }

  function explain(mine, wasOpen, found) {
    if (!found) return unexplained(mine, wasOpen);
    const record = found.record;
    const checks = advice.get(record.reason);
    const facts = [[say('record'), localTime(record.at)], [say('class'), record.class], [say('from'), say('{0} on {1}', record.source, record.listener)]];
    if (record.status !== undefined) facts.push([say('status'), record.status]);
    if (record.alert !== undefined) facts.push([say('TLS alert'), record.alert]);
    if (record.detail !== undefined) facts.push([say('detail'), record.detail]);
    facts.push([say('after'), ms(record['elapsed-seconds'] * 1000)], [say('first bytes'), firstBytes(record)]);
    const words = [say(record.explanation)];
    if (checks) words.push(say('Check: {0}', checks.map(one => say(one)).join(' ')));
    if (record.class === 'tls') words.push(say('For a gateway with its own root certificate: open https://{0}/ in this browser once and accept it.', mine.url.host));
    if (wasOpen) words.push(say('The upgrade itself succeeded, so a device reports “server hello timeout” and not a refused handshake.'));
    if (!found.exact) words.push(say('Matched by time and port, since nothing readable of the request reached the gateway.'));
    step(wasOpen ? 'hello-received' : 'connect', 'failed', say('Refused: {0}', record.reason));
    verdict('bad', say('Refused: {0}', record.reason), words, facts);
  }

  function unexplained(mine, wasOpen) {
    if (mine.timedOut) {
      verdict('bad', say('No hello within 10 s'), say('A device gives up here and says “server hello timeout”. The upgrade itself succeeded.'), []);
      return;
    }
    if (wasOpen) {
      verdict('bad', say('Closed before the hello'), say('The gateway has no record of a refusal; the close code is all there is.'), []);
      return;
    }
    const port = listenerOf(mine.url);
    const words = port
      ? [say('The gateway has no record of this attempt. Either it did not arrive (host name, firewall), or repeats of one source are only counted at the moment.')]
      : [say('No listener of this gateway has this port, and it has no record of the attempt.')];
    words.push(say('Check: is the host right, is the port one of {0}, does something in between refuse?', gateway.listeners.map(one => one.port).join(', ')));
    step('connect', 'failed', say('It never reached the gateway, or left no record there.'));
    verdict('bad', say('No connection'), words, []);
  }

  async function showRefusals() {
    try {
      const all = await ask('refusals?limit=12');
      const sessions = (await ask('sessions')).sessions;
      const live = sessions.length;
      showSessions(sessions);
      $('counts').textContent = say('{0} refused since the start{1}; sessions now: {2}.', all.total, all.alarms.length ? say('; alarm: {0}', all.alarms.join(', ')) : '', live);
      $('refused').hidden = all.refusals.length === 0;
      $('refusals').replaceChildren(...all.refusals.map(record => {
        const row = element('tr');
        row.title = say(record.explanation);
        for (const value of [localTime(record.at), record.reason, record.status ?? '', record.source, record.listener, firstBytes(record)]) {
          row.append(element('td', '', value));
        }
        return row;
      }));
      const checks = (await ask('ota')).checks.slice(0, 12);
      $('checked').hidden = checks.length === 0;
      $('checks').replaceChildren(...checks.map(check => {
        const row = element('tr');
        for (const value of [check['device-id'] ?? '', check.version ?? '', check.status, check.offers, check.firmware ?? '', check.activation ? say('shows a code') : '']) {
          row.append(element('td', '', value));
        }
        return row;
      }));
    } catch (problem) {
      $('counts').textContent = problem.message;
    }
  }

  function showSessions(sessions) {
    $('live').hidden = sessions.length === 0;
    $('nobody').hidden = sessions.length > 0;
    $('sessions').replaceChildren(...sessions.slice(0, 50).map(session => {
      const row = element('tr');
      const voice = session.voice;
      row.title = session['client-id'] ?? '';
      for (const value of [localTime(session.since), session['device-id'] ?? '', session.source, session.listener, session.state,
        voice ? voice.received : '', voice ? voice.lost : '', voice ? Math.round(voice['jitter-seconds'] * 1000) + ' ms' : '',
        voice?.mos ?? '', voice ? voice.rebinds : '']) {
        row.append(element('td', '', value));
      }
      return row;
    }));
  }

  function report() {
    const rows = [...document.querySelectorAll('#steps li')].filter(row => row.className !== 'todo');
    const cell = (row, name) => row.querySelector(name).textContent;
    return [say('Fieldloop device test page, {0}', run.since || ''), $('verdict').innerText.trim(), '',
      ...rows.map(row => [cell(row, '.mark'), cell(row, '.name'), cell(row, '.time'), cell(row, '.detail')].join('  ')), '', ...run.lines].join('\n');
  }

  /* ---------- begin ---------- */

  function urlOf(listener) {
    const host = listener['any-address'] ? location.hostname : listener.host.includes(':') ? '[' + listener.host + ']' : listener.host;
    return listener.scheme + '://' + host + ':' + listener.port + (isWeb(listener) ? gateway.path : '');
  }

  function isWeb(listener) {
    return listener.scheme === 'ws' || listener.scheme === 'wss';
  }

  function randomMac() {
    const bytes = crypto.getRandomValues(new Uint8Array(6));
    bytes[0] = 0x02; // locally administered
    return [...bytes].map(one => one.toString(16).padStart(2, '0')).join(':');
  }

  function randomUuid() {
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map(one => one.toString(16).padStart(2, '0')).join('');
    return hex.slice(0, 8) + '-' + hex.slice(8, 12) + '-4' + hex.slice(13, 16) + '-a' + hex.slice(17, 20) + '-' + hex.slice(20);
  }

  /** The texts that stand in the document itself. */
  function translate() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.data.trim().replace(/\s+/g, ' ');
      if (T[text]) node.data = node.data.replace(/\S[^]*\S|\S/, () => T[text]);
    }
    for (const node of document.querySelectorAll('[placeholder]')) node.placeholder = say(node.placeholder);
    for (const node of document.querySelectorAll('[aria-label]')) node.setAttribute('aria-label', say(node.getAttribute('aria-label')));
    document.title = say(document.title);
  }

  async function begin() {
    translate();
    drawSteps();
    const given = new URLSearchParams(location.hash.slice(1));
    $('device-id').value = given.get('device-id') ?? randomMac();
    $('client-id').value = given.get('client-id') ?? randomUuid();
    $('token').value = given.get('token') ?? '';
    $('form').addEventListener('submit', event => { event.preventDefault(); connect(); });
    $('talk').addEventListener('click', talk);
    $('abort').addEventListener('click', () => send({session_id: run.session, type: 'abort'}));
    $('close').addEventListener('click', () => { run.closing = true; run.socket.close(1000); });
    $('refresh').addEventListener('click', showRefusals);
    $('copy').addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(report());
        $('copied').textContent = say('Copied.');
      } catch {
        $('copied').textContent = say('The browser does not allow it.');
      }
    });
    try {
      gateway = await ask('gateway');
      advice = new Map((await ask('reasons')).map(entry => [entry.reason, entry.checks]));
    } catch (problem) {
      $('gateway').textContent = problem.message + ' ' + say('Reload this page when the gateway runs.');
      return;
    }
    const web = gateway.listeners.filter(isWeb);
    $('url').value = given.get('url') ?? (web.length > 0 ? urlOf(web[0]) : '');
    $('listeners').replaceChildren(...web.map(listener => Object.assign(element('option'), {value: urlOf(listener)})));
    $('gateway').textContent = say('A {0} gateway at {1};', gateway.stance, gateway.listeners.map(urlOf).join(', ')) + ' '
        + (gateway['token-required'] ? say('it asks for a token.') : say('it asks for no token.'));
    showRefusals();
  }

  begin();
})();
