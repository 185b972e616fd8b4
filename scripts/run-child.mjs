// Runs a program in the foreground, as if it were this process.
import { spawn } from "node:child_process";
import { root, toolEnvironment } from "./setup.mjs";

/** Runs a program with this terminal, passes signals on to it, and ends with its exit status. What `env` sets gives way to what is set outside. */
export function runChild(command, args, env = {}) {
  const child = spawn(command, args, { cwd: root, stdio: "inherit", env: { ...env, ...toolEnvironment } });
  // A terminal that is closed ends it as well; Node's own watcher passes on only SIGTERM and SIGINT.
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill("SIGTERM"));
  // A terminal sends its Ctrl-C to the child itself; passing it on would make it the second one, which exits at once.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  // However this process ends, the program is not left behind.
  process.on("exit", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}
