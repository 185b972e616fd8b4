import { setTimeout as setTimer } from "node:timers";
import { setTimeout } from "node:timers/promises";
import type { Logger } from "pino";
import { type Config, readConfig } from "./config.ts";
import { createLogger } from "./create-logger.ts";
import { describeStart } from "./describe-start.ts";
import { explainStart } from "./explain-start.ts";
import { gatherLines } from "./gather-lines.ts";
import { createServer, type ServerDependencies } from "./server.ts";

const STOP_SIGNALS = ["SIGTERM", "SIGINT"] as const;
/** How long a server that has failed says so before it drains, in milliseconds: those who ask every second hear of it. */
const TELL_FAILURE_MS = 1_000;
/** How long closing may take after the drain, in milliseconds. */
const CLOSE_MS = 5_000;

/** What the process serves beside calls. */
export type Front = Pick<ServerDependencies, "pages" | "onUpgrade">;

/**
 * Starts the server that the environment describes and says where it listens; on SIGTERM or SIGINT drains and exits, at a second one
 * exits at once. What keeps it from starting goes to standard error, and the exit status is 1. So it is when the server has failed so that only
 * starting it again can help: it answers so for a second, then it drains and exits. Settings that the environment leaves out are those of `defaults`.
 */
export async function runServer(
  createFront: (config: Config, logger: Logger) => Promise<Front> | Front,
  defaults: Readonly<Record<string, string>> = {},
): Promise<void> {
  let config: Config | undefined;
  try {
    config = readConfig({ ...defaults, ...process.env });
    const { drainMs } = config;
    const logger = logToOutput(config);
    const server = await createServer(config, { logger, ...(await createFront(config, logger)) });
    process.stdout.write(describeStart(await server.start(), config));
    let status = 0;
    const stop = async () => {
      killLater(drainMs + CLOSE_MS, logger);
      await server.stop();
      process.exit(status);
    };
    onStopSignal((signal) => {
      logger.info({ signal }, "draining");
      void stop();
    });
    void server.failed.then(async () => {
      status = 1;
      await setTimeout(TELL_FAILURE_MS);
      logger.info("draining, to be started again");
      await stop();
    });
  } catch (error) {
    process.stderr.write(`${explainStart(error, config?.dataDir)}\n`);
    process.exit(1);
  }
}

/**
 * Kills the process after a while if something, such as a disk that does not answer, holds up the end. An exit would wait for what its threads do.
 */
function killLater(milliseconds: number, logger: Logger): void {
  const timer = setTimer(() => {
    logger.error("the server could not be closed in time");
    // Once the line is written.
    setImmediate(() => setImmediate(() => process.kill(process.pid, "SIGKILL")));
  }, milliseconds);
  timer.unref();
}

/** Makes the logger that writes to standard output; a clean stop loses none of its lines. */
function logToOutput({ logLevel, logFormat }: Config): Logger {
  const lines = gatherLines((text) => process.stdout.write(text));
  process.on("exit", lines.flush);
  // The reader of the log may end; the server stays.
  process.stdout.on("error", () => undefined);
  return createLogger({ logLevel, logFormat }, lines);
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
