/** A point of a line, in units of its own. */
export interface Point {
  readonly x: number;
  /** Undefined for a gap in the line. */
  readonly y: number | undefined;
}

/** The least and the most of something. */
export type Range = readonly [least: number, most: number];

/** Maps numbers of a range to places of another, ends to ends. A range without width is taken to be one around it. */
export function scale([least, most]: Range, [first, last]: Range): (value: number) => number {
  const width = most - least;
  if (width === 0) return (value) => (first + last) / 2 + (value - least) * (last - first);
  return (value) => first + ((value - least) / width) * (last - first);
}

/** Round numbers within a range, about `count` of them, with equal distances: 1, 2 or 5 times a power of ten. */
export function ticks([least, most]: Range, count: number): number[] {
  if (!(most > least)) return [least];
  const rough = (most - least) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  // Of ends so close, or so far apart, that no double holds their distance or a part of it.
  if (!(step > 0 && Number.isFinite(step))) return [least];
  const first = Math.ceil(least / step - 1e-9);
  const last = Math.floor(most / step + 1e-9);
  // A multiple of a step below 1 is 0.30000000000000004 otherwise.
  const places = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    places > 15 ? (first + index) * step : Number(((first + index) * step).toFixed(places)),
  );
}

/** A tick as it is written: `1,500`, or `1e12` where that is shorter. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-4)) return value.toExponential(2).replace(/\.?0+e\+?/u, "e");
  return value.toLocaleString("en", { maximumFractionDigits: 6 });
}

/** The line through points as the `d` of a path, with a gap where there is no value. */
export function linePath(points: readonly Point[], x: (value: number) => number, y: (value: number) => number): string {
  let pen = "M";
  let path = "";
  for (const point of points) {
    if (point.y === undefined) pen = "M";
    else {
      path += `${pen}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`;
      pen = "L";
    }
  }
  return path;
}
