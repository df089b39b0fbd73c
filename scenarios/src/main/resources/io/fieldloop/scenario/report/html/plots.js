'use strict';

// Pictures of values: what the link did, how voice came through, what was measured. All of them are drawn here.

const PLOTS_MAX = 8;
const PLOT_HEIGHT = 54;
const FIGURE_WIDTH = 460;
const FIGURE_GUTTER = 64;
const SECOND = 1e9;

const NAMES = { lost: say('lost'), delay: say('delay'), wait: say('wait'), jitter: say('jitter'), overflow: say('queue full'), values: say('values'), outage: say('outage'), 'cell-change': say('cell change') };

/** A curve's or band's name; a quantity is called as in the file. */
function nameOf(name) { return NAMES[name] || name; }

function msText(ms) { return spanText(ms * 1e6); }

function largestOf(curve) { return curve.points.reduce((most, [, value]) => Math.max(most, value), 0); }

/** What a curve comes to, in words: the picture's legend, and its text for those who do not see it. */
const CURVE_TEXT = {
  lost: curve => curve.unit === '%' ? say('{0} % lost', curve.total.toFixed(1)) : say('packets lost: {0}', curve.total),
  delay: curve => say('delay at most {0}', msText(largestOf(curve))),
  wait: curve => say('waits at most {0}', msText(largestOf(curve))),
  jitter: curve => say('jitter at most {0}', msText(largestOf(curve))),
  overflow: curve => say('queue full: {0}', curve.total),
};

function valueText(curve, value) {
  return curve.shape === 'ticks' ? nameOf(curve.name) : nameOf(curve.name) + ' ' + (curve.unit === 'ms' ? msText(value) : value.toLocaleString('en') + (curve.unit ? ' ' + curve.unit : ''));
}

/** One picture over a scale that others choose; the arrow keys read it value by value. */
class Plot {
  /** @param shown name, curves, bands and the legend's parts; `bar` is what a bar covers before and after its place */
  constructor(shown, placeText) {
    this.bands = shown.bands || [];
    this.curves = shown.curves;
    this.bar = shown.bar || [0, 0];
    this.placeText = placeText;
    this.name = shown.name;
    this.values = this.curves.flatMap(curve => curve.points.map(([at, value]) => ({ at, value, curve }))).sort((a, b) => a.at - b.at);
    this.read = -1;
    this.reading = el('span', { class: 'reading', role: 'status' });
    const legend = shown.legend.map(([kind, text]) => el('span', { class: 'legend ' + kind }, text));
    this.picture = svg('svg', { class: 'values', role: 'img', tabindex: 0,
      'aria-label': visible(this.name) + ': ' + shown.legend.map(([, text]) => text).join(', ') + '. ' + say('Left and right read the values.') });
    this.picture.addEventListener('keydown', key => this.onKey(key));
    this.node = el('figure', {}, this.picture, el('figcaption', {}, el('strong', {}, visible(this.name)), ...legend, this.reading));
  }

  draw(scale, gutter) {
    const inside = svg('g', { transform: 'translate(' + gutter + ',4)' });
    this.scale = scale;
    this.cursor = svg('line', { class: 'cursor', y1: 0, y2: PLOT_HEIGHT, visibility: 'hidden' });
    inside.append(svg('rect', { class: 'ground', x: 0, y: 0, width: scale.width, height: PLOT_HEIGHT }),
      ...this.bands.filter(band => this.isInside(band.to) || this.isInside(band.from) || band.from < scale.from && band.to > scale.to).map(band => this.bandNode(band)),
      ...this.curves.flatMap(curve => this.curveNodes(curve)), this.cursor);
    const width = scale.width + gutter + 8;
    this.picture.setAttribute('viewBox', '0 0 ' + width + ' ' + (PLOT_HEIGHT + 8));
    this.picture.setAttribute('width', width);
    this.picture.replaceChildren(inside, ...this.scaleTexts(gutter));
  }

  isInside(at) { return at >= this.scale.from && at <= this.scale.to; }

  /** The value at the top of the picture, for each unit. */
  scaleTexts(gutter) {
    const units = [...new Set(this.curves.filter(curve => curve.shape !== 'ticks').map(curve => curve.unit))];
    return units.map((unit, i) => {
      const most = this.mostOf(unit);
      const text = unit === 'ms' ? msText(most) : (+most.toPrecision(3)).toLocaleString('en') + (unit ? ' ' + unit : '');
      return svg('text', { class: 'top', x: gutter - 6, y: 14 + 15 * i, 'text-anchor': 'end' }, text);
    });
  }

  mostOf(unit) { return Math.max(...this.curves.filter(curve => curve.unit === unit).map(largestOf)); }

  bandNode(band) {
    const from = this.scale.x(Math.max(band.from, this.scale.from)), to = this.scale.x(Math.min(band.to, this.scale.to));
    return svg('rect', { class: 'band ' + band.name, x: from, y: 0, width: Math.max(2, to - from), height: PLOT_HEIGHT },
      svg('title', {}, nameOf(band.name) + ' ' + this.placeText(band.from) + ' – ' + this.placeText(band.to)));
  }

  curveNodes(curve) {
    const most = this.mostOf(curve.unit) || 1;
    const y = value => PLOT_HEIGHT * (1 - value / most);
    const points = curve.points.filter(([at]) => this.isInside(at));
    const titled = (node, at, value) => { node.append(svg('title', {}, this.placeText(at) + ': ' + valueText(curve, value))); return node; };
    const dots = () => points.map(([at, value]) => titled(svg('circle', { class: curve.shape + ' ' + curve.name, cx: this.scale.x(at), cy: y(value), r: 2.5 }), at, value));
    if (curve.shape === 'line') return [svg('polyline', { class: 'line', points: points.map(([at, value]) => this.scale.x(at) + ',' + y(value)).join(' ') }), ...(points.length < 40 ? dots() : [])];
    if (curve.shape === 'dots') return dots();
    return points.map(([at, value]) => {
      const from = this.scale.x(Math.max(this.scale.from, at - this.bar[0])), to = this.scale.x(Math.min(this.scale.to, at + this.bar[1]));
      const top = curve.shape === 'ticks' ? PLOT_HEIGHT - 6 : y(value);
      return titled(svg('rect', { class: curve.shape, x: from, y: top, width: Math.max(2, to - from), height: PLOT_HEIGHT - top }), at, value);
    });
  }

  onKey(key) {
    const to = { ArrowRight: this.read + 1, ArrowLeft: this.read - 1, Home: 0, End: this.values.length - 1 }[key.key];
    if (to === undefined || !this.values.length || key.ctrlKey || key.metaKey || key.altKey) return;
    key.preventDefault();
    this.read = Math.min(this.values.length - 1, Math.max(0, to));
    const { at, value, curve } = this.values[this.read];
    this.reading.textContent = this.placeText(at) + ': ' + valueText(curve, value);
    const x = this.scale.x(Math.min(this.scale.to, Math.max(this.scale.from, at)));
    this.cursor.setAttribute('x1', x);
    this.cursor.setAttribute('x2', x);
    this.cursor.setAttribute('visibility', 'visible');
  }
}

/** What links did and how voice came through, below the timeline and on its scale. */
class PlotsBelow {
  constructor(pictures) {
    const plots = (all, bar) => all.slice(0, PLOTS_MAX).map(one => new Plot({ ...one, bar, legend: [
      ...one.curves.map(curve => [curve.shape + ' ' + curve.name, CURVE_TEXT[curve.name](curve)]),
      ...[...new Set(one.bands.map(band => band.name))].map(name => ['band ' + name, nameOf(name) + ': ' + one.bands.filter(band => band.name === name).length]),
    ] }, atText));
    const link = plots(pictures.link, [0, 0]), voice = plots(pictures.voice, [SECOND, 0]);
    this.plots = [...link, ...voice];
    this.nodes = [
      this.section(say('Link'), say('Delay and waits over the time of the case, lost packets as bars, a full queue as ticks, outages as bands.'), link, pictures.link.length),
      this.section(say('Voice over UDP'), say('Each bar is a second: as high as the share of its datagrams that did not arrive. The line is the jitter (RFC 3550).'), voice, pictures.voice.length),
    ].filter(Boolean);
  }

  section(title, note, plots, count) {
    if (!plots.length) return null;
    return el('section', { class: 'plots' }, el('h3', {}, title),
      el('p', { class: 'note' }, note + (count > plots.length ? ' ' + say('{0} more, of which there is less to tell, are not shown.', count - plots.length) : '')), ...plots.map(plot => plot.node));
  }

  draw(timeline) {
    const scale = timeline.byOrder ? new TimeAxis(timeline.model).scale(0, timeline.model.endNanos, timeline.scale.width, true) : timeline.scale;
    for (const plot of this.plots) plot.draw(scale, timeline.gutter);
  }
}

function linearScale(from, to, width) { return { from, to, width, x: at => width * (at - from) / (to - from || 1) }; }

/** What was measured: percentiles as a table, and where there are several values their histogram and when they were taken. */
function measuredNode(measured, endNanos) {
  if (!measured.length) return null;
  const names = ['min', 'p50', 'p90', 'p95', 'p99', 'max'];
  const head = [say('quantity'), say('values'), say('without a value'), ...names].map(name => el('th', { scope: 'col' }, name));
  const rows = measured.map(one => el('tr', {}, el('th', { scope: 'row' }, one.name), el('td', {}, (one.count - one.failed).toLocaleString('en')), el('td', {}, one.failed.toLocaleString('en')),
    ...names.map(name => el('td', {}, one.statistics[name] || '–'))));
  const width = FIGURE_WIDTH - FIGURE_GUTTER - 8;
  const figures = measured.filter(one => one.bins.length).flatMap(one => {
    const step = (one.largest - one.least) / one.bins.length;
    const range = msText(one.least) + ' – ' + msText(one.largest);
    const histogram = new Plot({ name: one.name, bar: [0, step], legend: [['bars', say('histogram, {0}', range)]],
      curves: [{ name: 'values', unit: '', shape: 'bars', points: one.bins.map((count, i) => [one.least + i * step, count]) }] }, msText);
    histogram.draw(linearScale(one.least, one.largest, width), FIGURE_GUTTER);
    const course = new Plot({ name: one.name, legend: [['dots', say('over time, {0}', range)]], curves: one.curves }, atText);
    course.draw(linearScale(0, endNanos, width), FIGURE_GUTTER);
    return [histogram.node, course.node];
  });
  return el('section', { class: 'plots measured' }, el('h3', {}, say('Measured')),
    el('div', { class: 'wide' }, el('table', { class: 'percentiles' }, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...rows))), el('div', { class: 'figures' }, ...figures));
}
