import { isolatedParts } from "./isolated-parts.ts";

/** A text, and the names that may stand in it. */
export interface IsolatedNamesProps {
  readonly text: string;
  readonly names: readonly string[];
}

/**
 * A text in which each of the names is isolated: one that runs from right to left, or holds characters that control the
 * direction, turns round neither the names beside it nor the words around it.
 */
export function IsolatedNames({ text, names }: IsolatedNamesProps) {
  let at = 0;
  return isolatedParts(text, names).map((part) => {
    const key = at;
    at += part.text.length;
    return part.isName ? <bdi key={key}>{part.text}</bdi> : part.text;
  });
}
