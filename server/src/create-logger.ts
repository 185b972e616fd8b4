import { type Logger, pino } from "pino";
import type { Config } from "./config.ts";
import { errorForLog } from "./interceptors/error-for-log.ts";
import { prettyLine } from "./pretty-line.ts";

/** Makes the logger of a server, which writes its lines to where they are given to. */
export function createLogger(
  { logLevel, logFormat }: Pick<Config, "logLevel" | "logFormat">,
  lines: { write(line: string): void },
): Logger {
  const pretty = { write: (line: string) => lines.write(prettyLine(line)) };
  const options = { level: logLevel, serializers: { err: (error: unknown) => errorForLog(error) } };
  return pino(options, logFormat === "json" ? lines : pretty);
}
