import { setTimeout as pause } from "node:timers/promises";
import { type Flood, type FloodResult, floods } from "@triptych/testkit/attack/floods.ts";
import { slowClients } from "@triptych/testkit/attack/slow-clients.ts";
import { residentBytes } from "../../process-figures.ts";
import { beside } from "../calm-client.ts";
import { describeCalm, mebibytes } from "../figures.ts";
import type { LoadCase, LoadContext } from "../load-case.ts";

/** How many of what a flood is made of come at once, and for how many seconds again and again. */
const AMOUNT = 50_000;
const SECONDS = 5;
/** How many slow clients there are at once. */
const SLOW_CLIENTS = 200;
/** How long the server may take to be done with it all, in milliseconds. */
const SETTLE_MS = 90_000;

/** Every flood, one after the other. */
export const attacks: LoadCase = {
  name: "attacks",
  title: `floods of ${AMOUNT.toLocaleString("en")} frames or calls, again and again for ${SECONDS} seconds each`,
  async run(context) {
    const failures: string[] = [];
    for (const [name, flood] of Object.entries<Flood>(floods)) {
      const start = performance.now();
      const [{ sent, cut }, calm] = await beside(context.baseUrl, () => repeat(flood, context));
      const seconds = (performance.now() - start) / 1_000;
      context.print(`${name}: ${sent} sent in ${seconds.toFixed(1)} s, ${cut} connections cut, ${memory(context)}`);
      context.print(`  ${describeCalm(calm)}`);
      if (calm.failed > 0) failures.push(`${name}: calls of the other client failed`);
    }
    return [...failures, ...(await leftovers(context))];
  },
};

/** Clients that do next to nothing, and hold on to what they have. */
export const slow: LoadCase = {
  name: "slow",
  title: `${SLOW_CLIENTS} slow clients of each kind`,
  async run(context) {
    const failures: string[] = [];
    for (const { name, limitMs, open } of slowClients) {
      const start = performance.now();
      const [left, calm] = await beside(context.baseUrl, async () => {
        const clients = await Promise.all(Array.from({ length: SLOW_CLIENTS }, () => open(context.server.port)));
        const over = Promise.all(clients.map(({ closed }) => closed)).then(() => true);
        const isOver = await Promise.race([over, pause(limitMs + 10_000, false)]);
        const stillOpen = isOver ? 0 : clients.filter((client) => !client.isClosed).length;
        for (const client of clients) client[Symbol.dispose]();
        return stillOpen;
      });
      const seconds = (performance.now() - start) / 1_000;
      context.print(`${name}: ${left} of ${SLOW_CLIENTS} not cut after ${seconds.toFixed(1)} s, ${memory(context)}`);
      context.print(`  ${describeCalm(calm)}`);
      if (left > 0) failures.push(`${name}: ${left} were not cut`);
      if (calm.failed > 0) failures.push(`${name}: calls of the other client failed`);
    }
    return [...failures, ...(await leftovers(context))];
  },
};

async function repeat(flood: Flood, { server }: LoadContext): Promise<FloodResult> {
  const end = performance.now() + SECONDS * 1_000;
  let sent = 0;
  let cut = 0;
  do {
    const result = await flood(server.port, AMOUNT);
    sent += result.sent;
    cut += result.cut;
  } while (performance.now() < end);
  return { sent, cut };
}

function memory({ server }: LoadContext): string {
  return `memory ${mebibytes(residentBytes(server.pid) ?? 0)}`;
}

/** What is still open when all attackers have left. */
async function leftovers({ metric }: LoadContext): Promise<string[]> {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const [calls, handlers, connections] = [
      await metric("rpc_calls_open"),
      await metric("rpc_handlers_running"),
      await metric("connections_open"),
    ];
    // The connection that asks is one.
    if (calls === 0 && handlers === 0 && connections <= 1) return [];
    if (performance.now() > deadline) {
      return [`left behind: ${calls} calls, ${handlers} handlers, ${connections - 1} connections`];
    }
    await pause(500);
  }
}
