import { type Logger, pino } from "pino";
import { type Config, readConfig } from "./config.ts";
import { describeStart } from "./describe-start.ts";
import { explainStart } from "./explain-start.ts";
import { gatherLines } from "./gather-lines.ts";
import { createServer, type ServerDependencies } from "./server.ts";

const STOP_SIGNALS = ["SIGTERM", "SIGINT"] as const;

/** What the process serves beside calls. */
export type Front = Pick<ServerDependencies, "pages" | "onUpgrade">;

/**
 * Starts the server that the environment describes and says where it listens; on SIGTERM or SIGINT drains and exits, at a second one
 * exits at once. What keeps it from starting goes to standard error, and the exit status is 1.
 */
export async function runServer(
  createFront: (config: Config, logger: Logger) => Promise<Front> | Front,
): Promise<void> {
  let config: Config | undefined;
  try {
    config = readConfig(process.env);
    const logger = createLogger(config);
    const server = await createServer(config, { logger, ...(await createFront(config, logger)) });
    process.stdout.write(describeStart(await server.start(), config));
    onStopSignal((signal) => {
      logger.info({ signal }, "draining");
      void server.stop().then(() => process.exit(0));
    });
  } catch (error) {
    process.stderr.write(`${explainStart(error, config?.dataDir)}\n`);
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
