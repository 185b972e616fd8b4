import { type Logger, pino } from "pino";
import { type Config, InvalidConfig, readConfig } from "./config.ts";
import { gatherLines } from "./gather-lines.ts";
import { createServer, type ServerDependencies } from "./server.ts";
import { CannotOpenStore } from "./store/cannot-open-store.ts";

const STOP_SIGNALS = ["SIGTERM", "SIGINT"] as const;

/** What the process serves beside calls. */
export type Front = Pick<ServerDependencies, "pages" | "onUpgrade">;

/**
 * Starts the server that the environment describes and says so in one line; on SIGTERM or SIGINT drains and exits, at a second one
 * exits at once. What keeps it from starting goes to standard error, and the exit status is 1.
 */
export async function runServer(createFront: (config: Config) => Promise<Front> | Front): Promise<void> {
  try {
    const config = readConfig(process.env);
    const logger = createLogger(config);
    const server = await createServer(config, { logger, ...(await createFront(config)) });
    const address = await server.start();
    process.stdout.write(`listening on ${address}\n`);
    onStopSignal((signal) => {
      logger.info({ signal }, "draining");
      void server.stop().then(() => process.exit(0));
    });
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

/** Makes the logger that writes to standard output; a clean stop loses none of its lines. */
function createLogger({ logLevel }: Config): Logger {
  const lines = gatherLines((text) => process.stdout.write(text));
  process.on("exit", lines.flush);
  // Whoever reads the log may leave; the server stays.
  process.stdout.on("error", () => undefined);
  return pino({ level: logLevel }, lines);
}

function onStopSignal(stop: (signal: string) => void): void {
  let stopping = false;
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      stop(signal);
    });
  }
}

function explain(error: unknown): string {
  if (error instanceof InvalidConfig) return error.message;
  if (error instanceof CannotOpenStore) return `could not start: ${error.message}`;
  if (!(error instanceof Error)) return `could not start: ${String(error)}`;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE") return `could not start: port ${port} is taken; set PORT to another`;
  if (code === "EACCES" && port !== undefined)
    return `could not start: port ${port} is not allowed; set PORT to another`;
  return `could not start: ${error.stack ?? error.message}`;
}
