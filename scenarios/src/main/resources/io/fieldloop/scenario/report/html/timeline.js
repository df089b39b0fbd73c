'use strict';

// The picture of a case: a track per actor, steps on top, marks that merge into counted pills where they would overlap.

const SVG = 'http://www.w3.org/2000/svg';
const MARK_GAP = 11;
const AXIS_HEIGHT = 40;
const TOOLTIP_EVENTS_MAX = 6;
const TOOLTIP_ALIKE_MAX = 2;

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

class Timeline {
  constructor(model, onSelect) {
    this.model = model;
    this.onSelect = onSelect;
    this.tracks = tracksOf(model);
    this.byOrder = isInstant(model);
    this.compress = true;
    this.chosen = new Set();
    this.focus = null;
    this.plot = el('div', { class: 'plot' });
    this.tip = el('div', { class: 'tip', role: 'status', hidden: true });
    this.range = el('span', { class: 'range' });
    this.onDraw = () => {};
    this.useAxis();
    this.node = el('div', { class: 'timeline' }, this.controls(), el('div', { class: 'frame' }, this.plot, this.tip));
  }

  useAxis() {
    this.axis = this.byOrder ? new OrderAxis(this.model) : new TimeAxis(this.model);
    this.end = this.axis.end;
    this.window = [0, this.end];
  }

  controls() {
    const button = (text, label, act) => el('button', { type: 'button', title: label, 'aria-label': label, onclick: act }, text);
    const compress = el('input', { type: 'checkbox', checked: true });
    compress.addEventListener('change', () => { this.compress = compress.checked; this.draw(); });
    const order = el('input', { type: 'checkbox', checked: this.byOrder });
    order.addEventListener('change', () => { this.byOrder = order.checked; compress.disabled = this.byOrder; this.useAxis(); this.draw(); });
    compress.disabled = this.byOrder;
    this.toSelection = button(say('Zoom to selection'), say('Zoom to the selected events'), () => this.zoomToChosen());
    this.toSelection.disabled = true;
    return el('div', { class: 'controls' },
      button(say('Fit'), say('Show the whole scenario'), () => this.show(0, this.end)),
      button('+', say('Zoom in'), () => this.zoom(0.5)), button('−', say('Zoom out'), () => this.zoom(2)),
      button('◀', say('Earlier'), () => this.pan(-0.5)), button('▶', say('Later'), () => this.pan(0.5)),
      this.toSelection,
      el('label', {}, compress, ' ' + say('compress quiet gaps')),
      el('label', { title: say('Give every event the same room, whenever it happened') }, order, ' ' + say('by order')), this.range,
      el('span', { class: 'hint' }, say('drag over the picture to zoom in; arrow keys walk the events')));
  }

  scaleFor(from, to, width) { return this.axis.scale(from, to, width, this.compress); }

  show(from, to) {
    const least = this.axis.least;
    if (to - from < least) { const middle = (from + to) / 2; from = middle - least / 2; to = middle + least / 2; }
    this.window = [Math.max(0, from), Math.min(this.end, to)];
    this.draw();
  }

  zoom(factor) {
    const [from, to] = this.window;
    if (factor < 1) {
      const margin = this.scale.width * (1 - factor) / 2;
      const at = this.focus ? this.focus.x : this.scale.width / 2;
      const left = Math.min(Math.max(0, at - this.scale.width * factor / 2), 2 * margin);
      this.show(this.scale.t(left), this.scale.t(left + this.scale.width * factor));
    } else {
      const whole = this.scaleFor(0, this.end, 1000);
      const a = whole.x(from), b = whole.x(to), more = Math.max(20, (b - a) / 2);
      const wider = [a - more <= 10 ? 0 : whole.t(a - more), b + more >= 990 ? this.end : whole.t(b + more)];
      this.show(Math.min(wider[0], from - (to - from) / 2), Math.max(wider[1], to + (to - from) / 2));
    }
  }

  pan(share) {
    const whole = this.scaleFor(0, this.end, 1000);
    const a = whole.x(this.window[0]), b = whole.x(this.window[1]);
    const by = Math.max(-a, Math.min(1000 - b, (b - a) * share));
    if (Math.abs(by) > 0.01) this.show(a + by <= 0.01 ? 0 : whole.t(a + by), b + by >= 999.9 ? this.end : whole.t(b + by));
  }

  zoomToChosen() {
    const events = this.model.events.filter(event => this.chosen.has(event.seq) && this.axis.at(event) >= 0);
    if (!events.length) return;
    const from = events.reduce((least, event) => Math.min(least, this.axis.at(event)), Infinity);
    const to = events.reduce((most, event) => Math.max(most, this.axis.until(event)), -Infinity);
    const margin = Math.max((to - from) * 0.1, this.axis.margin);
    this.show(from - margin, to + margin);
  }

  highlight(chosen) {
    this.chosen = chosen;
    this.toSelection.disabled = chosen.size === 0;
    this.draw();
  }

  draw() {
    const full = this.plot.clientWidth;
    if (!full) return;
    this.gutter = full < 720 ? 92 : 132;
    this.scale = this.scaleFor(this.window[0], this.window[1], full - this.gutter - 8);
    this.marks = [];
    const inside = svg('g', { transform: 'translate(' + this.gutter + ',0)' });
    const labels = svg('g', {});
    let y = AXIS_HEIGHT;
    const bands = svg('g', {});
    for (const track of this.tracks) {
      const height = this.drawTrack(track, y, inside);
      bands.append(svg('rect', { class: 'track-band lane-' + track.lane, x: 0, y, width: full, height }),
        svg('rect', { class: 'track-edge lane-' + track.lane, x: 0, y: y + 3, width: 3, height: height - 6 }));
      labels.append(this.trackLabel(track, y));
      y += height + 2;
    }
    this.picture = svg('svg', { class: 'picture', width: full, height: y + 4, tabindex: 0, role: 'application',
      'aria-label': say('Timeline with {0} marks. Arrow keys move between them, Enter selects, plus and minus zoom, 0 fits.', this.marks.length) });
    this.picture.append(bands, this.drawAxis(y), labels, inside);
    this.listen();
    this.plot.replaceChildren(this.picture);
    this.focus = this.focus && this.marks.find(mark => mark.events[0] === this.focus.events[0]) || null;
    const [from, to] = this.window;
    this.range.textContent = this.axis.text(from, to);
    this.hideTip();
    this.onDraw();
  }

  trackLabel(track, y) {
    const most = this.gutter > 100 ? 17 : 11;
    const text = visible(track.name);
    return svg('g', {}, svg('title', {}, track.lane + ' ' + text),
      svg('text', { class: 'lane-name lane-' + track.lane, x: 10, y: y + 14 }, track.lane),
      svg('text', { class: 'actor-name' + (track.events.length ? '' : ' quiet'), x: 10, y: y + 28 }, text.length > most ? text.slice(0, most - 1) + '…' : text));
  }

  drawAxis(height) {
    const axis = svg('g', { class: 'axis', transform: 'translate(' + this.gutter + ',0)' });
    const pieces = this.scale.pieces;
    axis.append(...pieces.filter(piece => piece.isBreak).map(piece => this.drawBreak(piece, height)));
    let free = -Infinity;
    for (const piece of pieces.filter(candidate => !candidate.isBreak)) {
      this.axis.ticks(piece).forEach((tick, i) => {
        axis.append(svg('line', { class: 'tick', x1: tick.x, x2: tick.x, y1: 32, y2: height }));
        const width = tick.text.length * 6.4;
        const end = i === 0 ? this.scale.width : piece.x + piece.width;
        if (tick.x < free || (i > 0 && tick.x + width > end)) return;
        const x = Math.min(tick.x + 2, end - width);
        axis.append(svg('text', { x, y: 30 }, tick.text));
        free = x + width + 8;
      });
    }
    return axis;
  }

  drawBreak(piece, height) {
    const middle = piece.x + piece.width / 2;
    let path = 'M' + (middle - 3) + ' 34';
    for (let y = 34, side = 1; y < height; y += 8, side = -side) path += 'L' + (middle + 3 * side) + ' ' + Math.min(height, y + 8);
    const text = spanText(piece.to - piece.from);
    return svg('g', { class: 'break' }, svg('title', {}, say('{0} without an event, left out of the scale', text)),
      svg('rect', { x: piece.x + 4, y: 18, width: piece.width - 8, height: height - 18 }), svg('path', { d: path }),
      svg('text', { x: Math.min(Math.max(middle, text.length * 3.3), this.scale.width - text.length * 3.3), y: 12, 'text-anchor': 'middle' }, text));
  }

  /** Rare events on the first line, with labels; below it a line for each series too dense to be told one by one. */
  drawTrack(track, y, into) {
    if (track.lane === 'scenario') return this.drawSteps(track, y, into);
    const { rare, dense } = split(track.events.filter(isMark), event => this.weight(event));
    let height = this.drawStates(track, y, into) ? 12 : 4;
    if (rare.length || !dense.length) height = this.drawRare(track, rare, y + height, into) + height;
    for (const series of dense) height += this.drawDense(track, series, y + height, into);
    return Math.max(36, height + 4);
  }

  drawRare(track, events, y, into) {
    const line = y + 11;
    const clusters = this.clusters(events);
    for (const cluster of clusters) this.drawMark(cluster, line, track, into);
    const levels = new LabelLayout(this.scale.width).place(clusters, line, into);
    return 19 + levels * LABEL_HEIGHT;
  }

  drawDense(track, series, y, into) {
    const clusters = this.clusters(series.events);
    if (!clusters.length) return 0;
    for (const cluster of clusters) this.drawMark(cluster, y + 11, track, into);
    const count = clusters.reduce((sum, cluster) => sum + cluster.count, 0).toLocaleString('en');
    const text = series.name + ' ×' + count;
    const x = Math.max(0, Math.min(clusters[0].x - 5, this.scale.width - text.length * 6.1 - 8));
    into.append(svg('text', { class: 'label tone-' + clusters[0].tone, x: x + 2, y: y + 30 }, text));
    return 34;
  }

  drawSteps(track, y, into) {
    const ends = [];
    for (const step of stepsOf(track.events)) {
      const from = this.axis.at(step.events[0]);
      const to = step.open ? this.end : this.axis.until(step.events[step.events.length - 1]);
      if (to < this.window[0] || from > this.window[1]) continue;
      const x = this.scale.x(Math.max(from, this.window[0]));
      const width = Math.max(4, this.scale.x(Math.min(to, this.window[1])) - x);
      const text = visible(step.name);
      const need = Math.min(260, text.length * 6.1 + 10);
      const textX = Math.max(0, Math.min(x, this.scale.width - need));
      let level = ends.findIndex(end => end <= textX);
      if (level < 0) { level = ends.length; ends.push(0); }
      ends[level] = Math.max(x + width, textX + need) + 4;
      const mark = { events: step.events, x: x + width / 2, y: y + 13 + level * 19, lane: track.lane };
      const shown = text.length * 6.1 > 250 ? text.slice(0, 40) + '…' : text;
      mark.node = svg('g', { class: 'step' + (this.isChosen(mark) ? ' chosen' : '') },
        svg('rect', { x, y: y + 4 + level * 19, width, height: 17, rx: 3 }), svg('text', { x: textX + 5, y: y + 16 + level * 19 }, shown));
      this.addMark(mark, into);
    }
    return Math.max(34, 10 + Math.max(1, ends.length) * 19);
  }

  /** The device's own state as a ribbon above its marks; nothing where some of its changes are folded, since it would show one too long. */
  drawStates(track, y, into) {
    if (track.crowd || this.model.events.some(event => event.role === 'state' && event.count > 1 && (event.actor === track.name || event.actor.includes('*')))) return false;
    const changes = track.events.filter(event => event.role === 'state' && event.attributes.to !== undefined);
    changes.forEach((change, i) => {
      const until = i + 1 < changes.length ? this.axis.at(changes[i + 1]) : this.end;
      if (until < this.window[0] || this.axis.at(change) > this.window[1]) return;
      const x = this.scale.x(Math.max(this.axis.at(change), this.window[0]));
      const width = this.scale.x(Math.min(until, this.window[1])) - x;
      if (width < 0.5) return;
      const state = visible(change.attributes.to);
      into.append(svg('g', { class: 'state state-' + state.replace(/[^a-z]/g, '') }, svg('title', {}, say('state') + ' ' + state),
        svg('rect', { x, y: y + 1, width: Math.max(1, width), height: 3 }),
        ...(width > state.length * 5 + 10 ? [svg('text', { x: x + 2, y: y + 12 }, state)] : [])));
    });
    return changes.length > 0;
  }

  clusters(events) {
    const clusters = [];
    let open = null;
    const inWindow = events.filter(event => this.axis.until(event) >= this.window[0] && this.axis.at(event) <= this.window[1]);
    for (const event of inWindow) {
      const x = this.scale.x(Math.max(this.axis.at(event), this.window[0])), to = this.scale.x(Math.min(this.axis.until(event), this.window[1]));
      if (open && x - open.to < MARK_GAP) {
        open.events.push(event);
        open.to = Math.max(open.to, to);
      } else {
        open = { x, to, events: [event] };
        clusters.push(open);
      }
    }
    clusters.forEach(cluster => this.describe(cluster));
    return clusters;
  }

  describe(cluster) {
    const { events } = cluster;
    const told = events.reduce((best, event) => this.weight(event) > this.weight(best) ? event : best);
    cluster.count = events.reduce((sum, event) => sum + event.count, 0);
    cluster.tone = told.tone;
    cluster.rank = this.weight(told);
    const alike = events.every(event => event.kind === told.kind);
    const what = told.kind + (gist(told) ? ' ' + gist(told) : '');
    const cut = visible(what).length > 42 ? visible(what).slice(0, 41) + '…' : visible(what);
    cluster.label = cluster.count === 1 ? cut : alike ? cut + ' ×' + cluster.count.toLocaleString('en') : cut + ' +' + (cluster.count - told.count).toLocaleString('en');
  }

  weight(event) {
    return RANK[event.tone] + (event.role === 'outcome' ? 0.5 : 0) + (this.model.evidenceOf.has(event.seq) ? 10 : 0) - (event.kind === 'log' ? 2.5 : 0);
  }

  isChosen(mark) { return mark.events.some(event => this.chosen.has(event.seq)); }

  drawMark(cluster, line, track, into) {
    const evidence = cluster.events.some(event => this.model.evidenceOf.has(event.seq));
    const classes = ['mark', 'tone-' + cluster.tone, 'lane-' + track.lane, evidence ? 'evidence' : '', this.isChosen(cluster) ? 'chosen' : ''];
    const wide = cluster.to - cluster.x;
    const mark = { events: cluster.events, x: cluster.x + wide / 2, y: line, lane: track.lane };
    mark.node = svg('g', { class: classes.join(' ') });
    if (wide > 4 || cluster.count > 1) {
      const count = cluster.count.toLocaleString('en');
      const width = Math.max(wide + 10, count.length * 6 + 8);
      const x = Math.min(cluster.x - 5, this.scale.width - width);
      mark.node.append(svg('rect', { x, y: line - 6.5, width, height: 13, rx: 6.5 }),
        svg('text', { x: x + width / 2, y: line + 3.5, 'text-anchor': 'middle' }, count));
    } else if (cluster.tone === 'bad') {
      mark.node.append(svg('path', { d: 'M' + cluster.x + ' ' + (line - 6.5) + 'l6.5 6.5l-6.5 6.5l-6.5 -6.5z' }));
    } else if (cluster.tone === 'warn') {
      mark.node.append(svg('path', { d: 'M' + cluster.x + ' ' + (line - 6) + 'l6.5 11.5h-13z' }));
    } else {
      mark.node.append(svg('circle', { cx: cluster.x, cy: line, r: cluster.tone === 'good' ? 5 : 4 }));
    }
    this.addMark(mark, into);
  }

  addMark(mark, into) {
    mark.node.addEventListener('pointerenter', () => this.showTip(mark));
    mark.node.addEventListener('pointerleave', () => this.hideTip());
    mark.node.addEventListener('click', () => this.select(mark));
    mark.node.addEventListener('dblclick', () => { this.select(mark); this.zoomToChosen(); });
    this.marks.push(mark);
    into.append(mark.node);
  }

  select(mark) { this.onSelect(mark.events.map(event => event.seq), 'timeline'); }

  listen() {
    this.picture.addEventListener('keydown', key => this.onKey(key));
    this.picture.addEventListener('blur', () => this.hideTip());
    this.picture.addEventListener('pointerdown', press => this.beginDrag(press));
  }

  onKey(key) {
    const act = {
      ArrowRight: () => this.step(1), ArrowLeft: () => this.step(-1), ArrowDown: () => this.stepTrack(1), ArrowUp: () => this.stepTrack(-1),
      Enter: () => this.focus && this.select(this.focus), '+': () => this.zoom(0.5), '=': () => this.zoom(0.5), '-': () => this.zoom(2),
      0: () => this.show(0, this.end), Escape: () => this.hideTip(),
    }[key.key];
    if (!act || key.ctrlKey || key.metaKey || key.altKey) return;
    key.preventDefault();
    act();
    this.picture.focus();
  }

  step(by) {
    const sorted = this.marks.slice().sort((a, b) => a.x - b.x || a.y - b.y);
    this.focusOn(sorted[Math.min(sorted.length - 1, Math.max(0, sorted.indexOf(this.focus) + by))]);
  }

  stepTrack(by) {
    if (!this.focus) { this.step(1); return; }
    const there = this.marks.filter(mark => (mark.y - this.focus.y) * by > 4);
    const y = by > 0 ? Math.min(...there.map(mark => mark.y)) : Math.max(...there.map(mark => mark.y));
    const row = there.filter(mark => mark.y === y);
    if (row.length) this.focusOn(row.reduce((best, mark) => Math.abs(mark.x - this.focus.x) < Math.abs(best.x - this.focus.x) ? mark : best));
  }

  focusOn(mark) {
    if (!mark) return;
    if (this.focus) this.focus.node.classList.remove('focus');
    mark.node.classList.add('focus');
    this.focus = mark;
    this.showTip(mark);
  }

  beginDrag(press) {
    if (press.button !== 0) return;
    const box = this.picture.getBoundingClientRect();
    const at = move => Math.min(this.scale.width, Math.max(0, move.clientX - box.left - this.gutter));
    const from = at(press);
    const veil = svg('rect', { class: 'drag', x: from + this.gutter, y: 0, width: 0, height: box.height });
    const onMove = move => {
      const to = at(move);
      if (!veil.parentNode && Math.abs(to - from) > 6) this.picture.append(veil);
      veil.setAttribute('x', Math.min(from, to) + this.gutter);
      veil.setAttribute('width', Math.abs(to - from));
    };
    const onUp = up => {
      document.removeEventListener('pointermove', onMove);
      document.removeEventListener('pointerup', onUp);
      veil.remove();
      const to = at(up);
      if (Math.abs(to - from) > 6) this.show(this.scale.t(Math.min(from, to)), this.scale.t(Math.max(from, to)));
    };
    document.addEventListener('pointermove', onMove);
    document.addEventListener('pointerup', onUp);
  }

  showTip(mark) {
    const total = mark.events.reduce((sum, event) => sum + event.count, 0);
    const alike = mark.events.length > TOOLTIP_ALIKE_MAX && mark.events.every(event => event.kind === mark.events[0].kind);
    const told = alike ? mark.events.slice(0, TOOLTIP_ALIKE_MAX) : mark.events.length <= TOOLTIP_EVENTS_MAX ? mark.events
      : mark.events.slice().sort((a, b) => this.weight(b) - this.weight(a)).slice(0, TOOLTIP_EVENTS_MAX).sort((a, b) => a.t - b.t);
    const shown = told.map(event => el('div', { class: 'tip-event' },
      el('div', {}, el('strong', {}, visible(event.kind)), ' ' + visible(event.actor) + (event.count > 1 ? ' ×' + event.count : ''),
        el('span', { class: 'tip-time' }, ' ' + atText(event.t) + (event.last > event.t ? ' – ' + atText(event.last) : ''))),
      el('div', { class: 'attributes' }, ...attributeNodes(event))));
    const rest = total - told.reduce((sum, event) => sum + event.count, 0);
    if (rest > 0) shown.push(el('div', { class: 'tip-more' }, say('and {0} more events until {1}; Enter or click lists them', rest, atText(mark.events.reduce((end, event) => Math.max(end, event.last), 0)))));
    this.tip.replaceChildren(...shown);
    this.tip.hidden = false;
    const left = Math.max(4, Math.min(mark.x + this.gutter - 60, this.plot.clientWidth - this.tip.offsetWidth - 4));
    this.tip.style.left = left + 'px';
    this.tip.style.top = mark.y + 16 + 'px';
  }

  hideTip() { this.tip.hidden = true; }
}
