// Places the names of points so that none covers another. The page of a map runs this function, too, as text: it uses nothing but its arguments.

/** A point and the size of its name, in pixels. */
export interface LabelledPoint {
  x: number;
  y: number;
  width: number;
}

/** Where a name stands, from its point. */
export interface LabelPlace {
  dx: number;
  dy: number;
  anchor: 'start' | 'middle' | 'end';
}

export interface LabelArea {
  width: number;
  height: number;
  /** The height of a name. */
  line: number;
}

/**
 * Tries eight places around each point, in the order of the points: the first ones are sure of a name. A name covers another point only where it
 * has no other place.
 * @returns for each point where its name stands, or null where there is no room, or the point is outside
 */
export function placeLabels(points: readonly LabelledPoint[], { width, height, line }: LabelArea): (LabelPlace | null)[] {
  const gap = line / 3;
  const dot = line / 6;
  const places: LabelPlace[] = [
    { dx: gap, dy: line * 0.3, anchor: 'start' },
    { dx: -gap, dy: line * 0.3, anchor: 'end' },
    { dx: 0, dy: -gap, anchor: 'middle' },
    { dx: 0, dy: line * 0.7 + gap, anchor: 'middle' },
    { dx: gap, dy: -gap / 2, anchor: 'start' },
    { dx: -gap, dy: -gap / 2, anchor: 'end' },
    { dx: gap, dy: line * 0.7 + gap / 2, anchor: 'start' },
    { dx: -gap, dy: line * 0.7 + gap / 2, anchor: 'end' },
  ];
  const inside = points.filter(({ x, y }) => x >= 0 && x <= width && y >= 0 && y <= height);
  const taken: { left: number; right: number; top: number; bottom: number }[] = [];
  return points.map((point) => {
    if (!inside.includes(point)) return null;
    let second: { place: LabelPlace; box: (typeof taken)[number] } | undefined;
    for (const place of places) {
      const left = point.x + place.dx - (place.anchor === 'end' ? point.width : place.anchor === 'middle' ? point.width / 2 : 0);
      const bottom = point.y + place.dy + line * 0.25;
      const box = { left, right: left + point.width, top: bottom - line, bottom };
      if (box.left < 0 || box.right > width || box.top < 0 || box.bottom > height) continue;
      if (taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) continue;
      second ??= { place, box };
      if (inside.some(({ x, y }) => box.left < x + dot && x - dot < box.right && box.top < y + dot && y - dot < box.bottom)) continue;
      taken.push(box);
      return place;
    }
    if (!second) return null;
    taken.push(second.box);
    return second.place;
  });
}
