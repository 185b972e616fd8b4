/** How the cells of a column stand. */
export type Alignment = "left" | "right";

/** Writes a table in Markdown whose columns also line up as plain text; the first row is its head. */
export function table(rows: readonly (readonly string[])[], alignments: readonly Alignment[]): string {
  const widths = alignments.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const write = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const lines = rows.map((row) =>
    write(widths.map((width, column) => pad(row[column] ?? "", width, alignments[column] ?? "left"))),
  );
  const rule = write(
    widths.map((width, column) => (alignments[column] === "right" ? `${"-".repeat(width - 1)}:` : "-".repeat(width))),
  );
  return [...lines.slice(0, 1), rule, ...lines.slice(1)].join("\n");
}

function pad(text: string, width: number, alignment: Alignment): string {
  return alignment === "right" ? text.padStart(width) : text.padEnd(width);
}
