// A process of several that does what PLANS says of its number, which counts from FIRST: it listens, and then gives its metrics or not and ends or gets stuck; fails at its start; or never gets on with it.
import cluster from "node:cluster";
import { joinPrimary } from "../join-primary.ts";

const siblings = joinPrimary(() => undefined);
const number = Number(cluster.worker?.id) - Number(process.env.FIRST);
const plan = process.env.PLANS?.split(",")[number];
if (plan === "fail") process.exit(1);
if (plan?.startsWith("listen")) {
  siblings?.listening("listening", {
    metrics: async () => {
      if (plan === "listen without metrics") throw new Error("there are no figures");
      return `metrics of ${process.pid}\n`;
    },
    stop: () => {
      // Nothing has a turn any more.
      while (plan === "listen and get stuck");
      process.exit(0);
    },
  });
}
