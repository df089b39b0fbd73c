'use strict';
const T = /*texts*/;
const SVG = 'http://www.w3.org/2000/svg';
const COLOURS = 6;
/** The settings of a link that most people want; the others are one click away. */
const USUAL = ['base', 'delay', 'jitter', 'loss', 'bandwidth'];
const $ = id => document.getElementById(id);
const say = (key, ...values) => values.reduce((text, value, i) => text.replace(`{${i}}`, value), T[key]);

function make(tag, attributes = {}, ...children) {
  const node = tag === 'svg' || tag === 'polyline' || tag === 'rect' || tag === 'title' || tag === 'g'
    ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Makes the children of a node those of the items, and keeps those that stay, so that nobody loses the focus. */
function sync(parent, items, keyOf, create, update) {
  const old = new Map([...parent.children].map(node => [node.dataset.key, node]));
  items.forEach((item, i) => {
    const key = String(keyOf(item));
    const node = old.get(key) || create(item);
    node.dataset.key = key;
    update(node, item);
    old.delete(key);
    if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] || null);
  });
  old.forEach(node => node.remove());
}

/** Writes only what is new: a screen reader would read it again otherwise. */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function duration(seconds) {
  if (seconds < 60) return say('seconds', Math.floor(seconds));
  if (seconds < 3600) return say('minutes', Math.floor(seconds / 60), Math.floor(seconds % 60));
  return say('hours', Math.floor(seconds / 3600), Math.floor(seconds / 60 % 60));
}

const millis = seconds => (seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0) + ' ms';

// ---- sessions

const roundTrips = new Map();

function drawSessions(state) {
  const sessions = state.sessions;
  $('nobody').hidden = sessions.length > 0;
  $('connected').hidden = sessions.length === 0;
  $('more').hidden = state['session-count'] <= sessions.length;
  write($('more'), say('more-sessions', state['session-count'] - sessions.length));
  const live = new Set(sessions.map(session => session.connection));
  [...roundTrips.keys()].filter(key => !live.has(key)).forEach(key => roundTrips.delete(key));
  sync($('sessions'), sessions, session => session.connection, newSession, (row, session) => {
    const cells = row.children;
    write(cells[0], session['device-id'] || session['client-id'] || '–');
    write(cells[1], session.transport + (session.voice ? ' + udp' : ''));
    write(cells[2], session.source);
    write(cells[3], T['state-' + session.state] || session.state);
    write(cells[4], duration((Date.parse(state.now) - Date.parse(session.since)) / 1000));
    drawRoundTrip(cells[5], session);
    const voice = session.voice;
    write(cells[6], voice ? say('voice-text', voice.received, voice.lost, millis(voice['jitter-seconds']), voice.mos.toFixed(1)) : '–');
  });
  const known = sessions.flatMap(session => [session['device-id'] || session['client-id'], session.source]);
  sync($('devices'), [...new Set(['all', ...known])].filter(Boolean), name => name,
    name => make('option', { value: name }), () => {});
}

function newSession(session) {
  const row = make('tr');
  for (let i = 0; i < 7; i++) row.append(make('td', i === 0 || i === 2 ? { class: 'id' } : {}));
  const who = session['device-id'] || session.source;
  const button = make('button', { type: 'button', 'aria-label': say('put-on-device', who) }, T['put-on-short']);
  button.onclick = () => { $('of').value = who; showRequest(); $('kind').focus(); };
  const cell = make('td');
  if (!$('panel').hidden) cell.append(button);
  row.append(cell);
  row.children[5].append(make('span'), make('svg', { class: 'spark', viewBox: '0 0 59 18', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, make('polyline')));
  return row;
}

function drawRoundTrip(cell, session) {
  const measured = session['round-trip-seconds'];
  const values = roundTrips.get(session.connection) || [];
  if (measured !== undefined) values.push(measured);
  if (values.length > 60) values.shift();
  roundTrips.set(session.connection, values);
  write(cell.firstChild, measured === undefined ? '–' : millis(measured));
  const top = Math.max(...values, 0.001);
  cell.querySelector('polyline').setAttribute('points',
    values.map((value, i) => `${59 - values.length + 1 + i},${(17 - 16 * value / top).toFixed(1)}`).join(' '));
}

// ---- refusals

function drawRefusals(state) {
  const all = Object.entries(state.history['by-class'])
    .map(([name, spans]) => ({ name, spans, sum: spans.reduce((a, b) => a + b, 0), minute: spans.slice(-12).reduce((a, b) => a + b, 0) }))
    .filter(entry => entry.sum > 0)
    .sort((a, b) => b.sum - a.sum);
  const length = 60;
  const shown = all.slice(0, COLOURS - 1);
  if (all.length > shown.length) {
    const rest = all.slice(shown.length);
    shown.push({
      name: T.others, sum: rest.reduce((n, entry) => n + entry.sum, 0), minute: rest.reduce((n, entry) => n + entry.minute, 0),
      spans: [...Array(length).keys()].map(i => rest.reduce((n, entry) => n + entry.spans[i], 0)) });
  }
  const heights = [...Array(length).keys()].map(i => shown.reduce((n, entry) => n + entry.spans[i], 0));
  const peak = Math.max(...heights, 1);
  const bars = heights.map((height, i) => {
    const bar = make('g');
    let y = 118;
    shown.forEach((entry, c) => {
      const tall = 116 * entry.spans[i] / peak;
      y -= tall;
      if (tall > 0) bar.append(make('rect', { class: 'c' + c, x: i * 10 + 1, y: y.toFixed(1), width: 8, height: tall.toFixed(1) }));
    });
    if (height > 0) bar.prepend(make('title', {}, say('bar', (length - 1 - i) * state.history['seconds-per-span'], height)));
    return bar;
  });
  $('refused').hidden = all.length === 0 && state.refusals.length === 0;
  $('chart').replaceChildren(...bars);
  $('chart').setAttribute('aria-label', all.length === 0 ? T['none-refused']
    : say('chart-label', shown.map(entry => `${entry.name} ${entry.sum}`).join(', ')));
  write($('peak'), all.length === 0 ? T['none-refused'] : say('peak', peak, state.history['seconds-per-span']));
  sync($('classes'), shown, entry => entry.name,
    () => make('tr', {}, make('td'), make('td', { class: 'number' }), make('td', { class: 'number' })),
    (row, entry) => {
      if (row.dataset.colour !== String(shown.indexOf(entry))) {
        row.dataset.colour = shown.indexOf(entry);
        row.children[0].replaceChildren(make('span', { class: 'key c' + row.dataset.colour }), entry.name);
      }
      write(row.children[1], String(entry.minute));
      write(row.children[2], String(entry.sum));
    });
  sync($('refusals'), state.refusals.slice(0, 8), refusal => refusal.at + refusal.source + refusal.reason,
    refusal => make('tr', {}, make('td', {}, new Date(refusal.at).toLocaleTimeString(document.documentElement.lang)),
      make('td', {}, refusal.reason), make('td', { class: 'id' }, refusal.source)), () => {});
}

// ---- faults

let kinds = [];

function drawFaults(faults) {
  $('nothing').hidden = faults.length > 0;
  sync($('faults'), faults, fault => fault.number, fault => {
    const off = make('button', { type: 'button', 'aria-label': say('take-off-number', fault.number, fault.what) }, T['take-off']);
    off.onclick = () => send('DELETE', '/faults/' + fault.number);
    return make('li', {}, make('code', {}, `${fault.number}  ${fault.what}`), make('span', { class: 'note' }), off);
  }, (item, fault) => {
    const left = fault['seconds-left'];
    const stays = left === undefined ? T['until-off'] : say('left', duration(left));
    write(item.children[1], fault.acted === undefined ? stays : stays + ' · ' + say('acted', fault.acted));
  });
}

function fillKinds() {
  const groups = new Map();
  kinds.forEach((kind, i) => {
    if (!groups.has(kind.group)) groups.set(kind.group, make('optgroup', { label: T['group-' + kind.group] || kind.group }));
    groups.get(kind.group).append(make('option', { value: i }, T['key-' + kind.key] || kind.name || kind.key));
  });
  $('kind').replaceChildren(...groups.values());
}

/** The gateway's own words are English; in another language there are those of the page or none. */
function translated(key, english) {
  return T[key] || (document.documentElement.lang === 'en' && english) || '';
}

function field(parameter) {
  const attributes = { 'data-name': parameter.name, spellcheck: 'false' };
  let input;
  if (parameter.words) {
    input = make('select', attributes, ...(parameter.optional ? [make('option', { value: '' }, '–')] : []),
      ...parameter.words.map(word => make('option', { value: word }, word)));
  } else {
    input = make('input', { ...attributes, placeholder: parameter.example, ...(parameter.optional ? {} : { required: '' }) });
  }
  const does = translated('parameter-' + parameter.name, parameter.does);
  return make('label', {}, parameter.name + (does ? ': ' + does : ''), input);
}

function showKind() {
  const kind = kinds[$('kind').value];
  if (!kind) return;
  write($('does'), translated('does-' + (kind.name || kind.key), kind.does));
  const parameters = kind.parameters || [];
  const usual = parameter => kind.key !== 'link' || USUAL.includes(parameter.name);
  const first = parameters.filter(usual).map(field);
  const rest = parameters.filter(parameter => !usual(parameter)).map(field);
  const box = make('div', { class: 'fields' }, ...first);
  $('parameters').replaceChildren(box, ...(rest.length
    ? [make('details', {}, make('summary', {}, T['more-settings']), make('div', { class: 'fields' }, ...rest))] : []));
  $('of').parentElement.hidden = kind.group === 'certificate' || kind.key === 'names';
  $('lasting').hidden = kind.key === 'reset-link' || kind.key === 'nat-rebind';
  $('for').required = Boolean(kind['own-time']);
  $('for').placeholder = kind['own-time'] ? '20s' : T['until-off'];
  showRequest();
}

/** What the form says, in the words of POST /faults. */
function request() {
  const kind = kinds[$('kind').value];
  const values = {};
  document.querySelectorAll('#parameters [data-name]').forEach(input => {
    if (input.value !== '') values[input.dataset.name] = /^-?\d+$/.test(input.value) ? Number(input.value) : input.value;
  });
  const whose = $('of').parentElement.hidden ? 'all' : $('of').value.trim() || 'all';
  const lasting = $('for').value.trim();
  const time = lasting ? { for: lasting } : {};
  const of = whose === 'all' ? {} : { of: whose };
  if (kind.key === 'do') return { do: kind.name, ...values, ...of, ...time };
  if (kind['own-time']) return { [kind.key]: { ...time, ...values, ...of } };
  if ($('lasting').hidden) return { [kind.key]: whose };
  if (kind.key === 'renew-certificate') return { [kind.key]: { valid: [values['valid-from'] || '-90d', values['valid-until'] || '-1d'] }, ...time };
  return { [kind.key]: { ...values, ...of }, ...time };
}

function showRequest() {
  if (kinds.length > 0) write($('request'), 'POST /faults ' + JSON.stringify(request()));
}

async function send(method, path, body) {
  const headers = { Authorization: 'Bearer ' + $('token').value.trim() };
  if (body) headers['Content-Type'] = 'application/json';
  let text;
  let good = false;
  try {
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    good = answer.ok;
    text = answer.ok ? T[method === 'POST' ? 'is-on' : 'is-off'] : (await answer.text()).trim();
    $('token-row').hidden = answer.status !== 401;
    if (good) sessionStorage.setItem('admin-token', $('token').value.trim());
  } catch {
    text = T.lost;
  }
  $('said').className = good ? '' : 'bad';
  $('said').textContent = text;
}

async function preparePanel() {
  const all = await (await fetch('/faults')).json();
  kinds = all.kinds || [];
  kinds.filter(kind => kind.key === 'renew-certificate').forEach(kind => {
    kind.parameters = [{ name: 'valid-from', example: '-90d', optional: true }, { name: 'valid-until', example: '-1d', optional: true }];
  });
  $('panel').hidden = kinds.length === 0;
  fillKinds();
  showKind();
}

// ---- all of it

function draw(state) {
  for (const name of ['session', 'connection', 'refusal']) write($(name + '-count'), String(state[name + '-count']));
  write($('fault-count'), String((state.faults || []).length));
  $('alarm').hidden = state.alarms.length === 0;
  write($('alarm'), state.alarms.length === 0 ? '' : say('alarm', state.alarms.join(', ')));
  drawSessions(state);
  drawRefusals(state);
  drawFaults(state.faults || []);
}

document.querySelectorAll('[data-text]').forEach(node => { node.textContent = T[node.dataset.text]; });
document.title = T.title + ' · Fieldloop';
$('language').href = '?lang=' + T['other-language-tag'];
$('language').lang = T['other-language-tag'];
const given = new URLSearchParams(location.hash.slice(1)).get('admin-token');
if (given) history.replaceState(null, '', location.pathname + location.search);
$('token').value = given || sessionStorage.getItem('admin-token') || '';
$('token-row').hidden = $('token').value !== '';
$('kind').onchange = showKind;
$('form').oninput = showRequest;
$('form').onsubmit = event => { event.preventDefault(); send('POST', '/faults', request()); };
write($('state'), T.connecting);
preparePanel().finally(() => {
  const events = new EventSource('/live/events');
  events.onmessage = event => {
    $('state').className = 'live';
    write($('state'), T.live);
    draw(JSON.parse(event.data));
  };
  events.onerror = () => {
    $('state').className = '';
    write($('state'), T.lost);
  };
});
