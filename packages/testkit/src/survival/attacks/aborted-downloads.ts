import { readdirSync } from "node:fs";
import { connect, constants } from "node:http2";
import { setTimeout as pause } from "node:timers/promises";
import type { Attack } from "../attack.ts";
import { throwBytes } from "../throw-bytes.ts";

const assets = new URL("../../../../../web/dist/assets/", import.meta.url);

/** The files of the web app: large enough to be left in the middle. */
const files = () => readdirSync(assets).map((name) => `/assets/${name}`);

/** Files whose client leaves in the middle or takes nothing, over both versions of HTTP. */
export const abortedDownloads: Attack = {
  name: "aborted downloads",
  async strike({ port, random }) {
    const all = files();
    const paths = Array.from({ length: 8 }, () => all[random.integer(0, all.length - 1)] ?? "/");
    if (random.chance(0.5)) {
      const requests = paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`));
      await throwBytes(port, random, requests);
      return;
    }
    const settings = { initialWindowSize: random.pick([0, 1, 1_000, 65_535]) };
    const session = connect(`http://127.0.0.1:${port}`, { settings }).on("error", () => undefined);
    const closed = new Promise<void>((resolve) => session.on("close", () => resolve()));
    for (const path of paths) {
      const stream = session.request({ ":path": path }).on("error", () => undefined);
      stream.on("response", () => stream.close(constants.NGHTTP2_CANCEL));
    }
    await Promise.race([pause(random.integer(0, 100)), closed]);
    session.destroy();
    await closed;
  },
};
