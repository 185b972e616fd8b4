const LEVELS: Readonly<Record<number, string>> = {
  10: "TRACE",
  20: "DEBUG",
  30: "INFO ",
  40: "WARN ",
  50: "ERROR",
  60: "FATAL",
};
/** Of a process and not of a line. */
const LEFT_OUT: ReadonlySet<string> = new Set(["level", "time", "msg", "pid", "hostname", "err"]);

type Fields = Readonly<Record<string, unknown>>;

/** Makes a line of the log, which is JSON, one that is easy to read: time of day, level, what it says, and its fields; the stack of an error below it. */
export function prettyLine(line: string): string {
  let fields: Fields;
  try {
    fields = JSON.parse(line) as Fields;
  } catch {
    return line;
  }
  const { level, time, msg, err } = fields;
  const clock = typeof time === "number" ? new Date(time).toISOString().slice(11, 23) : "";
  const rest = Object.entries(fields).flatMap(([name, value]) =>
    LEFT_OUT.has(name) ? [] : [`${name}=${typeof value === "string" ? value : JSON.stringify(value)}`],
  );
  const head = [clock, LEVELS[Number(level)] ?? String(level), String(msg ?? ""), ...rest].join(" ");
  return `${head}\n${stackOf(err)}`;
}

function stackOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const { stack, message, cause } = error as Fields;
  const own = String(stack ?? message ?? "")
    .split("\n")
    .map((line) => `    ${line}\n`)
    .join("");
  return cause === undefined ? own : `${own}    caused by:\n${stackOf(cause)}`;
}
