'use strict';

// How datagrams of voice came through, second by second: one strip for each device and direction, loss as bars and jitter as a line.

const STRIPS_MAX = 8;
const STRIP_WIDTH = 640;
const STRIP_HEIGHT = 44;

function voiceNode(data) {
  const strips = new Map();
  for (const [device, direction, nanos, arrived, lost, jitter] of data.datagrams) {
    const name = device + ', ' + direction;
    if (!strips.has(name)) strips.set(name, []);
    strips.get(name).push({ nanos, arrived, lost, jitter });
  }
  if (!strips.size) return null;
  const told = [...strips.entries()].sort((a, b) => lossOf(b[1]) - lossOf(a[1]) || a[0].localeCompare(b[0])).slice(0, STRIPS_MAX);
  const left = strips.size - told.length;
  return el('section', { class: 'voice' }, el('h3', {}, 'Voice over UDP'),
    el('p', { class: 'note' }, 'Each bar is a second: as high as the share of its datagrams that did not arrive. The line is the jitter (RFC 3550).'
      + (left > 0 ? ' ' + plural(left, 'more strip') + ' with less loss not shown.' : '')),
    ...told.map(([name, points]) => stripNode(name, points, data.endNanos)));
}

function lossOf(points) {
  const lost = points.reduce((sum, point) => sum + point.lost, 0);
  const all = points.reduce((sum, point) => sum + point.lost + point.arrived, 0);
  return all ? lost / all : 0;
}

function stripNode(name, points, endNanos) {
  const jitterMax = Math.max(...points.map(point => point.jitter), 1);
  const x = nanos => STRIP_WIDTH * Math.min(1, nanos / Math.max(1, endNanos));
  const bars = points.map(point => {
    const share = point.lost / Math.max(1, point.lost + point.arrived);
    const from = x(Math.max(0, point.nanos - 1e9));
    const bar = svg('rect', { class: 'lost', x: from, width: Math.max(1, x(point.nanos) - from), y: STRIP_HEIGHT * (1 - share), height: STRIP_HEIGHT * share });
    bar.append(svg('title', {}, atText(point.nanos) + ': ' + point.arrived + ' arrived, ' + point.lost + ' lost, jitter ' + point.jitter.toFixed(1) + ' ms'));
    return bar;
  });
  const line = svg('polyline', { class: 'jitter', points: points.map(point => x(point.nanos) + ',' + STRIP_HEIGHT * (1 - point.jitter / jitterMax)).join(' ') });
  const text = visible(name) + ': ' + (100 * lossOf(points)).toFixed(1) + ' % lost, jitter at most ' + Math.max(...points.map(point => point.jitter)).toFixed(1) + ' ms';
  return el('figure', {}, svg('svg', { class: 'strip', viewBox: '0 0 ' + STRIP_WIDTH + ' ' + STRIP_HEIGHT, role: 'img', 'aria-label': text, preserveAspectRatio: 'none' }, ...bars, line),
    el('figcaption', {}, text));
}
