/** A value of a program, to be written on one line where there is room, else on several. */
export type Literal =
  | string
  | {
      readonly open: string;
      readonly close: string;
      readonly items: readonly { readonly key?: string; readonly value: Literal }[];
      /** Puts a space inside the brackets where all is on one line. */
      readonly spaced?: boolean;
    };

/** Writes a value, two or four spaces further in for each bracket, lines that can be shorter at most `width` long. */
export function writeLiteral(literal: Literal, { indent = "", step = "  ", width = 100 } = {}): string {
  if (typeof literal === "string") return literal;
  const { open, close, items, spaced = false } = literal;
  const line = onOneLine(literal);
  if (items.length === 0 || (indent.length + line.length <= width && !line.includes("\n"))) return line;
  const inner = indent + step;
  const lines = items.map(
    ({ key, value }) => `${inner}${keyText(key)}${writeLiteral(value, { indent: inner, step, width })},\n`,
  );
  return `${open}\n${lines.join("")}${indent}${close}`;

  function onOneLine(one: Literal): string {
    if (typeof one === "string") return one;
    const inside = one.items.map(({ key, value }) => `${keyText(key)}${onOneLine(value)}`).join(", ");
    const space = (one.spaced ?? spaced) && inside !== "" ? " " : "";
    return `${one.open}${space}${inside}${space}${one.close}`;
  }
}

function keyText(key: string | undefined): string {
  return key === undefined ? "" : `${key}: `;
}
