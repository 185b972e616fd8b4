import { execFile } from "node:child_process";

/** How a command ended and what it wrote. */
export interface CommandResult {
  /** The exit status; null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run. */
export interface CommandOptions {
  /** Text for its standard input. */
  readonly input?: string;
  readonly cwd?: string;
  /** Its whole environment; that of this process unless given. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command to its end; rejects when there is no such command. */
export function runCommand(
  command: string,
  args: readonly string[],
  { input = "", ...options }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, [...args], options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code === "string") reject(error);
      else resolve({ status: child.exitCode, stdout, stderr });
    });
    // A command that does not read its input is no failure.
    child.stdin?.on("error", () => undefined).end(input);
  });
}
