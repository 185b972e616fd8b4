import type { Room } from "./room.ts";

const START = "<!-- The rooms, written by `npm run rooms`. -->";
const END = "<!-- The end of the rooms. -->";

/**
 * The page with the table of the rooms between its two marks.
 * @throws Error when a mark is missing.
 */
export function withTable(page: string, rooms: readonly Room[]): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start === -1 || end < start) throw new Error(`the page must have the marks of the table: ${START} and ${END}`);
  return `${page.slice(0, start)}${START}\n\n${tableOf(rooms)}\n\n${page.slice(end)}`;
}

function tableOf(rooms: readonly Room[]): string {
  const rows = rooms.map(({ name, files, owns, imports }) => [
    name,
    files.map((file) => `\`${file}\``).join(", "),
    owns,
    imports.join("; ") || "none",
  ]);
  return [["room", "files", "owns", "may import"], ["---", "---", "---", "---"], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
