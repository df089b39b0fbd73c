'use strict';

// Events, their list and the device consoles. All text goes through textContent; no markup is ever made of data.

/** What there is to know of each kind of event, by lane and kind: its role, its tone, and the attribute that changes it. */
const EVENTS = JSON.parse(document.getElementById('events').textContent);
const LANES = Object.keys(EVENTS);
const SERIES_DENSE = 20;
const ROWS_PER_PAGE = 300;

const TOLD_BY = ['reason', 'class', 'cause', 'code', 'status', 'type', 'state', 'step', 'label', 'fault', 'phase', 'by', 'in', 'to', 'version'];

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

/** What steers a line (controls, direction overrides, lone surrogates) becomes a visible escape, as in the other reports. */
function visible(text) {
  return String(text).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/gu, character => {
    const code = character.codePointAt(0);
    return code < 0x100 ? '\\x' + code.toString(16).padStart(2, '0') : '\\u' + code.toString(16).padStart(4, '0');
  });
}

function readEvents(rows) {
  return rows.map(([seq, t, lane, actor, kind, attributes, count, last]) => {
    const known = kindOf(lane, kind);
    return {
      seq, t, lane, actor, kind, attributes, count: count || 1, last: last === undefined ? t : last,
      role: known.role, tone: toneOf(known, attributes),
    };
  });
}

/** What no module reports is the page's own word for events that are not shown. */
function kindOf(lane, kind) {
  return EVENTS[lane][kind] || { role: 'other', tone: 'warn', by: '', tones: {} };
}

function toneOf(known, attributes) {
  return known.tones[attributes[known.by]] || known.tone;
}

/** The attribute that says what sort of event this is. */
function gist(event) {
  if (event.role === 'console') return visible((event.attributes.tag || '') + ': ' + (event.attributes.message || ''));
  const key = TOLD_BY.find(name => event.attributes[name] !== undefined);
  return key === undefined ? '' : visible(event.attributes[key]);
}

function attributeNodes(event, onExplain) {
  const nodes = [];
  const reason = reasonKey(event);
  for (const [key, value] of Object.entries(event.attributes)) {
    const shown = key === 'reason' && reason ? explainNode(visible(value), () => onExplain(reason)) : visible(value);
    nodes.push(el('span', { class: 'attribute' }, el('span', { class: 'key' }, visible(key) + '='), shown), ' ');
  }
  return nodes;
}

function explainNode(text, onExplain) {
  const button = el('button', { type: 'button', class: 'explain', title: say('What this means') }, text);
  button.addEventListener('click', click => { click.stopPropagation(); onExplain(); });
  return button;
}

function haystack(event) {
  if (event.text === undefined) {
    event.text = (event.lane + ' ' + event.actor + ' ' + event.kind + ' '
      + Object.entries(event.attributes).map(([k, v]) => k + '=' + v).join(' ')).toLowerCase();
  }
  return event.text;
}

function seriesKey(event) {
  const a = event.attributes;
  return [event.lane, event.actor.replace(/#.*/, '#*'), event.kind, a.class, a.reason, a.type, a.state, a.level].join('\n');
}

function seriesName(event) {
  const a = event.attributes;
  return visible([event.kind, a.reason || a.class || a.type, a.state].filter(Boolean).join(' '));
}

/**
 * Folds dense series between rare events: the list keeps the order of everything rare, and each dense series is one row
 * per stretch between two of them.
 */
function foldRepeats(events, single) {
  const counts = new Map();
  for (const event of events) {
    const key = seriesKey(event);
    counts.set(key, (counts.get(key) || 0) + 1);
  }
  const rows = [];
  let open = new Map();
  for (const event of events) {
    const key = seriesKey(event);
    if (counts.get(key) <= SERIES_DENSE || single.has(event.seq) || event.count > 1) {
      rows.push({ members: [event] });
      open = new Map();
    } else if (open.has(key)) {
      open.get(key).members.push(event);
    } else {
      const row = { members: [event] };
      open.set(key, row);
      rows.push(row);
    }
  }
  return rows;
}

/** The list of a case's events: filter by lane and text, repeats folded, rows drawn as they are needed. */
class EventList {
  constructor(model, onSelect, onExplain) {
    this.model = model;
    this.onSelect = onSelect;
    this.onExplain = onExplain;
    this.lanes = new Set(LANES);
    this.words = '';
    this.fold = true;
    this.opened = new Set();
    this.body = el('tbody');
    this.scroller = el('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': say('Events'), onscroll: () => this.nearEnd() },
      el('table', { class: 'events' },
        el('thead', {}, el('tr', {}, ...[say('time'), say('lane'), say('actor'), say('event'), say('attributes')].map(name => el('th', { scope: 'col' }, name)))),
        this.body));
    this.note = el('p', { class: 'note' });
    this.node = el('div', {}, this.controls(), el('p', { class: 'print-only' }, say('On paper: only the events that are evidence.')), this.scroller, this.note);
    this.refresh();
  }

  controls() {
    const lanes = LANES.filter(lane => this.model.events.some(event => event.lane === lane)).map(lane => {
      const button = el('button', { type: 'button', class: 'lane-toggle lane-' + lane, 'aria-pressed': 'true' }, lane);
      button.addEventListener('click', () => {
        if (!this.lanes.delete(lane)) this.lanes.add(lane);
        button.setAttribute('aria-pressed', String(this.lanes.has(lane)));
        this.refresh();
      });
      return button;
    });
    const text = el('input', { type: 'search', placeholder: say('text in events'), 'aria-label': say('Filter events by text') });
    text.addEventListener('input', () => { this.words = text.value.trim().toLowerCase(); this.refresh(); });
    const fold = el('input', { type: 'checkbox', checked: true });
    fold.addEventListener('change', () => { this.fold = fold.checked; this.refresh(); });
    return el('div', { class: 'controls' }, ...lanes, text, el('label', {}, fold, ' ' + say('fold repeats')));
  }

  refresh() {
    const words = this.words.split(/\s+/).filter(Boolean);
    const events = this.model.events.filter(event =>
      this.lanes.has(event.lane) && words.every(word => haystack(event).includes(word)));
    this.rows = this.fold ? foldRepeats(events, this.model.pinned) : events.map(event => ({ members: [event] }));
    this.opened.clear();
    this.drawn = 0;
    this.body.replaceChildren();
    this.drawMore(ROWS_PER_PAGE);
    const shown = events.reduce((sum, event) => sum + event.count, 0);
    const folded = this.model.total - this.model.events.filter(e => e.count === 1).length;
    this.note.textContent = say('{0} of {1} events in {2} rows.', shown.toLocaleString('en'), this.model.total.toLocaleString('en'), this.rows.length.toLocaleString('en')) + ' '
      + (folded > 0 ? say('{0} events of this journal stand folded, with their counts, to keep this page small; each one is in {1}.', folded.toLocaleString('en'), this.model.journal)
        : say('All of them are in {0}.', this.model.journal));
  }

  nearEnd() {
    const s = this.scroller;
    if (s.scrollTop + s.clientHeight > s.scrollHeight - 400) this.drawMore(ROWS_PER_PAGE);
  }

  drawMore(count) {
    const end = Math.min(this.rows.length, this.drawn + count);
    for (; this.drawn < end; this.drawn++) this.body.append(...this.rowNodes(this.rows[this.drawn]));
  }

  rowNodes(row) {
    row.node = this.rowNode(row.members[0], row);
    if (row.members.length > 1 && this.opened.has(row)) return [row.node, ...row.members.slice(1).map(e => this.rowNode(e, { members: [e] }, true))];
    return [row.node];
  }

  rowNode(event, row, inside) {
    const members = row.members;
    const count = members.reduce((sum, member) => sum + member.count, 0);
    const last = members[members.length - 1].last;
    const numbers = [...new Set((inside ? [event] : members).flatMap(member => this.model.evidenceOf.get(member.seq) || []))];
    const node = el('tr', { class: 'tone-' + event.tone + (numbers.length ? ' evidence' : '') + (inside ? ' inside' : ''), tabindex: '-1' },
      el('td', { class: 'time' }, atText(event.t), count > 1 ? el('span', { class: 'until' }, ' – ' + atText(last)) : null),
      el('td', {}, el('span', { class: 'lane lane-' + event.lane }, event.lane)),
      el('td', {}, visible(members.some(m => m.actor !== event.actor) ? event.actor.replace(/#.*/, '#*') : event.actor)),
      el('td', { class: 'kind' }, visible(event.kind),
        ...numbers.map(number => el('span', { class: 'badge', title: say('Evidence of expectation {0}', number) }, 'E' + number)),
        count > 1 ? this.countNode(row, count) : null),
      el('td', { class: 'attributes' }, ...attributeNodes(event, this.onExplain)));
    node.addEventListener('click', () => this.onSelect(members.map(member => member.seq), 'list'));
    for (const member of members) if (!inside) member.row = row;
    return node;
  }

  countNode(row, count) {
    if (row.members.length === 1) return el('span', { class: 'count' }, '×' + count.toLocaleString('en'));
    const button = el('button', { type: 'button', class: 'count', 'aria-expanded': String(this.opened.has(row)) }, '×' + count.toLocaleString('en'));
    button.addEventListener('click', click => { click.stopPropagation(); this.toggle(row); });
    return button;
  }

  toggle(row) {
    const from = row.node;
    if (this.opened.delete(row)) {
      for (let next = from.nextSibling; next && next.classList.contains('inside'); next = from.nextSibling) next.remove();
    } else {
      this.opened.add(row);
      from.after(...row.members.slice(1, 1 + ROWS_PER_PAGE).map(e => this.rowNode(e, { members: [e] }, true)),
        ...(row.members.length > ROWS_PER_PAGE + 1 ? [el('tr', { class: 'inside' }, el('td', { colspan: '5' },
          say('and {0} more events; turn off "fold repeats" to list them', row.members.length - ROWS_PER_PAGE - 1)))] : []));
    }
    from.querySelector('button.count').setAttribute('aria-expanded', String(this.opened.has(row)));
  }

  highlight(chosen, scroll) {
    this.body.querySelectorAll('.chosen').forEach(node => node.classList.remove('chosen'));
    let first = null;
    this.rows.forEach((row, index) => {
      if (!row.members.some(member => chosen.has(member.seq))) return;
      if (index >= this.drawn) this.drawMore(index - this.drawn + ROWS_PER_PAGE);
      row.node.classList.add('chosen');
      first = first || row.node;
    });
    if (first && scroll) this.scroller.scrollTop = first.offsetTop - this.scroller.clientHeight / 3;
  }
}

/** The log lines of one device as its serial console would show them. */
function consoleNode(model, actor, onSelect) {
  const lines = model.events.filter(event => event.role === 'console' && event.actor === actor).map(event => {
    const level = (event.attributes.level || 'I').charAt(0).toUpperCase();
    const more = event.count > 1 ? '   (' + say('and {0} more such lines', event.count - 1) + ')' : '';
    const uptime = event.attributes['uptime-millis'] === undefined ? Math.floor(event.t / 1e6) : visible(event.attributes['uptime-millis']);
    const text = level + ' (' + uptime + ') ' + visible(event.attributes.tag || '') + ': '
      + visible(event.attributes.message === undefined ? '' : event.attributes.message) + more;
    return el('span', { class: 'log log-' + level, 'data-seq': event.seq, onclick: () => onSelect([event.seq], 'console') }, text + '\n');
  });
  return el('pre', { class: 'console', tabindex: '0', role: 'region', 'aria-label': say('Console of {0}', visible(actor)) }, ...lines);
}
