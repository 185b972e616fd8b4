// A JSON endpoint as one writes it by hand: node:http, JSON.parse and JSON.stringify, and the order of the benchmark behind them.
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { listenOnLoopback } from "./announce.ts";
import { orderObject } from "./order.ts";

listenOnLoopback(
  createServer(async (request, response) => {
    const body: unknown = JSON.parse((await buffer(request)).toString());
    const isGood = typeof body === "object" && body !== null && "id" in body && typeof body.id === "string";
    const answer = Buffer.from(JSON.stringify(isGood ? orderObject : { error: "id must be text" }));
    response.writeHead(isGood ? 200 : 400, { "content-type": "application/json", "content-length": answer.length });
    response.end(answer);
  }),
);
