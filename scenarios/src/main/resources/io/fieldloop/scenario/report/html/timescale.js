'use strict';

// Times are nanoseconds since the scenario began. A scale maps them to pixels piece by piece: long quiet gaps become
// breaks of fixed width, so that events milliseconds apart and events hours apart are both readable.

/** Quiet gaps shorter than this are never left out: of the whole picture, and of a part somebody zoomed into. */
const GAP_WHOLE_MIN = 2e7;
const GAP_PART_MIN = 1e9;
const BREAK_WIDTH = 36;
const BREAKS_MAX = 12;
/** Gaps that take more than this share of the picture are worth breaks. */
const BREAK_SHARE = 0.4;
/** Gaps below this share of the whole window are not. */
const TRIFLE = 0.01;
const PIECE_PAD = 12;

function pad2(n) { return String(n).padStart(2, '0'); }

/** 12.345s, 11m 02.345s, 1h 00m 02.345s; digits are decimals of the second. */
function atText(nanos, digits = 3) {
  const unit = Math.pow(10, 9 - digits);
  const ticks = Math.floor(nanos / unit + 1e-6);
  const perSecond = Math.pow(10, digits);
  const whole = Math.floor(ticks / perSecond);
  const fraction = digits === 0 ? '' : '.' + String(ticks % perSecond).padStart(digits, '0');
  const s = whole % 60, m = Math.floor(whole / 60) % 60, h = Math.floor(whole / 3600);
  if (h > 0) return h + 'h ' + pad2(m) + 'm ' + pad2(s) + fraction + 's';
  return m > 0 ? m + 'm ' + pad2(s) + fraction + 's' : s + fraction + 's';
}

/** A length of time with as many digits as matter: 350 ms, 1.2 s, 11m 02s. */
function spanText(nanos) {
  if (nanos < 1e6) return Math.round(nanos / 1e3) + ' µs';
  if (nanos < 1e9) return +(nanos / 1e6).toPrecision(3) + ' ms';
  if (nanos < 60e9) return +(nanos / 1e9).toPrecision(3) + ' s';
  return atText(Math.round(nanos / 1e9) * 1e9, 0);
}

/** Merges sorted [from, to] stretches in which something happens and returns the quiet gaps between them. */
function quietGaps(stretches, from, to) {
  const gaps = [];
  let reached = from;
  for (const [a, b] of stretches) {
    if (b < from || a > to) continue;
    if (a > reached) gaps.push({ from: reached, to: a });
    reached = Math.max(reached, b);
  }
  if (to > reached) gaps.push({ from: reached, to });
  return gaps;
}

/**
 * The gaps to leave out, the longest first: while they and those like them take most of what is left, are unlike the
 * usual gap (a steady rhythm stays a rhythm), and are not a trifle of the whole.
 */
function gapsToBreak(gaps, total, least) {
  const sorted = gaps.slice().sort((p, q) => (q.to - q.from) - (p.to - p.from));
  const lengths = sorted.map(g => g.to - g.from);
  const usual = lengths.length > 2 ? lengths[Math.floor(lengths.length / 2)] : 0;
  const broken = [];
  let left = total;
  for (const [i, gap] of sorted.entries()) {
    const alike = lengths.slice(i).filter(length => length > lengths[i] / 2).reduce((sum, length) => sum + length, 0);
    if (broken.length >= BREAKS_MAX || alike < BREAK_SHARE * left || lengths[i] < 3 * usual || lengths[i] < Math.max(least, TRIFLE * total)) break;
    broken.push(gap);
    left -= lengths[i];
  }
  return broken.sort((p, q) => p.from - q.from);
}

/**
 * @param stretches sorted [from, to] times at which something happens, for the gaps and for sharing out the width
 * @param least gaps shorter than this stay; null breaks none
 */
function timeScale(stretches, from, to, width, least) {
  if (to <= from) to = from + 1e6;
  const broken = least === null ? [] : gapsToBreak(quietGaps(stretches, from, to), to - from, least);
  const pieces = [];
  let start = from;
  for (const gap of broken) {
    if (gap.from > from) pieces.push({ from: start, to: gap.from });
    pieces.push({ from: gap.from, to: gap.to, isBreak: true });
    start = gap.to;
  }
  if (start < to || pieces.length === 0 || pieces[pieces.length - 1].isBreak && start === to && to !== broken[broken.length - 1].to) pieces.push({ from: start, to });
  if (pieces[pieces.length - 1].isBreak && stretches.some(s => s[0] >= start && s[0] <= to)) pieces.push({ from: start, to: start });
  shareWidth(pieces, stretches, width);
  return { pieces, from, to, width, x: t => xOf(pieces, t), t: x => tOf(pieces, x) };
}

function shareWidth(pieces, stretches, width) {
  const shown = pieces.filter(p => !p.isBreak);
  const forShown = width - BREAK_WIDTH * (pieces.length - shown.length);
  for (const p of shown) {
    p.events = stretches.filter(s => s[1] >= p.from && s[0] <= p.to).length;
    p.weight = Math.sqrt(p.to - p.from);
  }
  const events = shown.reduce((sum, p) => sum + Math.sqrt(p.events), 0) || 1;
  const weight = shown.reduce((sum, p) => sum + p.weight, 0) || 1;
  const least = Math.min(70, forShown / shown.length / 2);
  const spare = forShown - least * shown.length;
  let x = 0;
  for (const p of pieces) {
    const share = p.isBreak ? 0 : 0.5 * Math.sqrt(p.events) / events + 0.5 * p.weight / weight;
    p.x = x;
    p.width = p.isBreak ? BREAK_WIDTH : least + spare * share;
    x += p.width;
  }
  const sum = shown.reduce((total, p) => total + p.width, 0);
  if (sum < forShown) stretch(pieces, forShown / sum);
}

function stretch(pieces, factor) {
  let x = 0;
  for (const p of pieces) {
    p.x = x;
    if (!p.isBreak) p.width *= factor;
    x += p.width;
  }
}

function inner(p) {
  const pad = p.isBreak ? 0 : Math.min(PIECE_PAD, p.width / 4);
  return { x: p.x + pad, width: p.width - 2 * pad };
}

function xOf(pieces, t) {
  for (let i = 0; i < pieces.length; i++) {
    const p = pieces[i];
    const edgeBelongsHere = !p.isBreak || i === pieces.length - 1;
    if (t < p.to || t === p.to && edgeBelongsHere) {
      // The first instant of a break is the last of the piece before it.
      const { x, width } = inner(p);
      return p.to === p.from ? x : x + width * Math.max(0, (t - p.from) / (p.to - p.from));
    }
  }
  const last = inner(pieces[pieces.length - 1]);
  return last.x + last.width;
}

function tOf(pieces, x) {
  for (const p of pieces) {
    if (x <= p.x + p.width) {
      const box = inner(p);
      const share = Math.min(1, Math.max(0, (x - box.x) / box.width));
      return p.from + share * (p.to - p.from);
    }
  }
  return pieces[pieces.length - 1].to;
}

const TICK_STEPS = [1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 1e9, 2e9, 5e9,
  1e10, 1.5e10, 3e10, 6e10, 1.2e11, 3e11, 6e11, 9e11, 1.8e12, 3.6e12, 7.2e12, 1.08e13, 2.16e13, 4.32e13, 8.64e13];

/** Ticks of one piece: its first instant in full, then steps that are round from there. */
function ticksOf(piece) {
  const box = inner(piece);
  const span = piece.to - piece.from;
  if (span <= 0) return [{ x: box.x, text: atText(piece.from) }];
  const stepsMax = Math.max(1, box.width / 84);
  const step = TICK_STEPS.find(s => span / s <= stepsMax) || TICK_STEPS[TICK_STEPS.length - 1];
  const digits = step >= 1e9 ? 0 : step >= 1e6 ? 3 : 6;
  if (piece.from % step === 0 || piece.from < step / 100) return roundTicks(piece, box, step, digits);
  const ticks = [{ x: box.x, text: atText(piece.from) }];
  for (let past = step; past <= span; past += step) {
    const x = box.x + box.width * past / span;
    if (x - box.x > 96) ticks.push({ x, text: '+' + spanText(past) });
  }
  return ticks;
}

function roundTicks(piece, box, step, digits) {
  const ticks = [];
  for (let t = Math.ceil(piece.from / step) * step; t <= piece.to; t += step) {
    const text = t === 0 ? '0' : t < 60e9 ? spanText(t) : atText(t, digits);
    ticks.push({ x: box.x + box.width * (t - piece.from) / (piece.to - piece.from), text });
  }
  return ticks.length ? ticks : [{ x: box.x, text: atText(piece.from, 3) }];
}
