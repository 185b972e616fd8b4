import { setTimeout as setTimer } from "node:timers";
import { setTimeout } from "node:timers/promises";
import type { Logger } from "pino";
import { type Config, readConfig } from "./config.ts";
import { createLogger } from "./create-logger.ts";
import { describeStart } from "./describe-start.ts";
import { explainStart } from "./explain-start.ts";
import { gatherLines } from "./gather-lines.ts";
import { joinPrimary } from "./processes/join-primary.ts";
import { Primary, ProcessNotStarted } from "./processes/primary.ts";
import { createServer, type ServerDependencies } from "./server.ts";
import { createOutput } from "./write-output.ts";

const STOP_SIGNALS = ["SIGTERM", "SIGINT"] as const;
/** How long a server that has failed says so before it drains, in milliseconds: those who ask every second hear of it. */
const TELL_FAILURE_MS = 1_000;
/** How long a process that is replaced still takes calls, in milliseconds: those that are on their way while clients hear that they are to connect again. */
const LEAVE_MS = 1_000;
/** How long closing may take after the drain, in milliseconds. */
const CLOSE_MS = 5_000;

/** How long one of several processes has beyond that to kill itself, in milliseconds. */
const KILL_MS = 1_000;

/** What the process serves beside calls. */
export type Front = Pick<ServerDependencies, "pages" | "onUpgrade">;

/**
 * Starts the server that the environment describes and says where it listens; on SIGTERM or SIGINT drains and exits, at a second one
 * exits at once. What keeps it from starting goes to standard error, and the exit status is 1. So it is when the server has failed so that only
 * starting it again can help: it answers so for a second, then it drains and exits. Settings that the environment leaves out are those of `defaults`.
 *
 * Where several processes are asked for, this one runs no server but those: it replaces one that dies, and on SIGHUP restarts all, one after the other.
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
    const siblings = joinPrimary((error) => logger.error({ err: error }, "the metrics cannot be given"));
    if (config.processes > 1 && siblings === undefined) return await runPrimary(config, logger);
    const front = await createFront(config, logger);
    const server = await createServer(config, {
      logger,
      ...front,
      ...(siblings && { allMetrics: siblings.allMetrics, processPlace: siblings.place }),
    });
    let status = 0;
    const stop = async (leaveMs = 0) => {
      killLater(leaveMs + drainMs + CLOSE_MS, logger);
      await server.stop(leaveMs);
      process.exit(status);
    };
    const text = describeStart(await server.start(), config);
    if (siblings === undefined) process.stdout.write(text);
    else siblings.listening(text, { metrics: server.metrics, stop: (leaves) => void stop(leaves ? LEAVE_MS : 0) });
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
    // Such a process has said itself why.
    if (!(error instanceof ProcessNotStarted)) process.stderr.write(`${explainStart(error, config?.dataDir)}\n`);
    process.exit(1);
  }
}

/** Runs several processes that share the port, as `runServer` says. */
async function runPrimary({ processes, drainMs }: Config, logger: Logger): Promise<void> {
  const primary = new Primary({ count: processes, killAfterMs: LEAVE_MS + drainMs + CLOSE_MS + KILL_MS, logger });
  let isStopping = false;
  onStopSignal((signal) => {
    logger.info({ signal }, "draining");
    isStopping = true;
    void primary.stop().then(() => process.exit(0));
  });
  process.on("SIGHUP", () => {
    logger.info("restarting all processes, one after the other");
    void primary.restart();
  });
  try {
    process.stdout.write(await primary.start());
  } catch (error) {
    // Told to stop, it exits once all have ended.
    if (!isStopping) throw error;
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
  const lines = gatherLines(createOutput());
  process.on("exit", lines.flush);
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
