'use strict';

// Labels of the marks on one line of the picture.

const LABEL_HEIGHT = 14;
const LABEL_LEVELS = 3;

/** Puts as many labels below their marks as fit, the most important first. */
class LabelLayout {
  constructor(width) {
    this.width = width;
    this.taken = Array.from({ length: LABEL_LEVELS }, () => []);
  }

  place(clusters, line, into) {
    let levels = 0;
    for (const cluster of clusters.slice().sort((a, b) => b.rank - a.rank || a.x - b.x)) {
      const width = cluster.label.length * (cluster.tone === 'bad' ? 6.7 : 6.1) + 8;
      const x = Math.max(0, Math.min(cluster.x - 5, this.width - width));
      const level = this.taken.findIndex(spans => spans.every(([a, b]) => x + width < a || x > b));
      if (level < 0) continue;
      this.taken[level].push([x, x + width]);
      // A leader crosses the levels above; nothing may be written on it.
      for (let above = 0; above < level; above++) this.taken[above].push([cluster.x - 3, cluster.x + 3]);
      levels = Math.max(levels, level + 1);
      const y = line + 19 + level * LABEL_HEIGHT;
      into.append(svg('line', { class: 'leader', x1: cluster.x, x2: cluster.x, y1: line + 7, y2: y - 9 }),
        svg('text', { class: 'label tone-' + cluster.tone, x: x + 2, y }, cluster.label));
    }
    return levels;
  }
}
