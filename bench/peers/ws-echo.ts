// The most that `ws` gives: every message is sent back as it came.
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { listenOnLoopback } from "./announce.ts";

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false });
sockets.on("connection", (socket) => {
  socket.on("error", () => undefined);
  socket.on("message", (message) => socket.send(message, { binary: true }));
});
listenOnLoopback(server);
