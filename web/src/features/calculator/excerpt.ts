/** A part of a text with some of what is around it. Joined, the parts are the text, or a piece of it where it is cut. */
export interface Excerpt {
  /** What stands before; starts with `…` where it is cut. */
  readonly before: string;
  /** The part itself, with `…` in its middle where it is too long. */
  readonly part: string;
  /** What stands after; ends with `…` where it is cut. */
  readonly after: string;
}

/** The part of a text from `start` to before `end`, with at most `around` characters on either side. */
export function excerpt(text: string, start: number, end: number, around: number): Excerpt {
  const before = text.slice(0, start);
  const after = text.slice(end);
  return {
    before: before.length <= around ? before : `…${before.slice(-around)}`,
    part: shortened(text.slice(start, end), around * 2),
    after: after.length <= around ? after : `${after.slice(0, around)}…`,
  };
}

/** A text of at most so many characters: the middle of a longer one is left out. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor((most - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}
