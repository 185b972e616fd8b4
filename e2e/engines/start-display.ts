import { spawn } from "node:child_process";
import { once } from "node:events";

/** Where windows are drawn: the name for DISPLAY, such as `:1`, and what ends it. */
export interface Display {
  readonly name: string;
  end(): Promise<void>;
}

/** The display of who runs the tests, or else one of memory that nobody sees, of Xvfb. */
export async function startDisplay(xvfb: string): Promise<Display> {
  const own = process.env.DISPLAY;
  if (own !== undefined && own !== "") return { name: own, end: () => Promise.resolve() };
  const child = spawn(xvfb, ["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exited = once(child, "exit");
  const failed = exited.then(([status]) => {
    throw new Error(`Xvfb ended with ${status}`);
  });
  failed.catch(() => undefined);
  const [number] = await Promise.race([once(child.stdout.setEncoding("utf8"), "data"), failed]);
  return {
    name: `:${String(number).trim()}`,
    async end() {
      child.kill();
      await exited;
    },
  };
}
