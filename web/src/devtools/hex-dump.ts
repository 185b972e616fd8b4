const width = 16;

/** A line of a hex dump: where it begins, its bytes in two groups of eight, and what of them is printable ASCII. */
export interface HexLine {
  /** Eight hexadecimal digits. */
  readonly offset: string;
  /** As wide on the last line as on every other. */
  readonly hex: string;
  /** A dot for each byte that is not printable ASCII. */
  readonly text: string;
}

/** The lines of a hex dump of sixteen bytes each; none for no bytes. */
function hexLines(bytes: Uint8Array): readonly HexLine[] {
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += width) lines.push(hexLine(at, bytes.subarray(at, at + width)));
  return lines;
}

/** The hex dump as text, a line for every sixteen bytes. */
export function hexDump(bytes: Uint8Array): string {
  return hexLines(bytes)
    .map(({ offset, hex, text }) => `${offset}  ${hex}  ${text}`)
    .join("\n");
}

function hexLine(at: number, bytes: Uint8Array): HexLine {
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0"));
  const groups = [digits.slice(0, width / 2), digits.slice(width / 2)].map((group) => group.join(" "));
  return {
    offset: at.toString(16).padStart(8, "0"),
    hex: groups.join("  ").padEnd(width * 3, " "),
    text: [...bytes].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join(""),
  };
}
